"""Changes that break the graph of one page, each with what the report of the shapes must say of it.

A change is ``ADD`` or ``DEL`` and a pattern, ``WHERE`` it is to be done.
"""

AGREEMENT = "?x a kg:Agreement ; kg:amount ?any"
FIGURE = "?x a kg:Quantity ; kg:quantityKind qty:landArea"
STATEMENT = "?x a kg:Statement ; rdf:predicate kg:settledIn"
ROLE = "?x a kg:Statement ; rdf:predicate kg:hasRole"
EVIDENCE = "?x a kg:Evidence"
MENTION = "?x a kg:Mention"
DOCUMENT = "?x a kg:Document"
AGENT = "?x a prov:SoftwareAgent"
DIVISION = '?x a kg:Division ; kg:level "city"'
FIRM = '?x a kg:Firm ; rdfs:label "蓝鲸诊断"'
PARK = '?x a kg:Park ; rdfs:label "星城医疗器械产业园"'
GRAPH = "?x a kg:DerivedGraph"
NEW = "<https://example.org/new>"

#: (what the report must say, changes that break the graph)
BREAKS: list[tuple[str, list[str]]] = [
    (
        "a named thing needs a name",
        [
            f"DEL ?x rdfs:label ?n . ?x skos:prefLabel ?n WHERE {FIRM} ; rdfs:label ?n",
            "DEL ?x skos:prefLabel ?n WHERE ?x skos:prefLabel ?n",
        ],
    ),
    ("a thing has one preferred name", ['ADD ?x skos:prefLabel "另名" WHERE ?x skos:prefLabel "蓝鲸诊断"']),
    ("an alias is a text that is not empty", [f'ADD ?x skos:altLabel "" WHERE {FIRM}']),
    ("the home region is one administrative division", [f"ADD ?x kg:inRegion {NEW} WHERE {FIRM}"]),
    (
        "a possible group links two organisations",
        [f'ADD {NEW} a kg:GroupLink ; kg:linkedFirm ?x ; kg:brand "蓝鲸" ; kg:confidence 0.5 WHERE {FIRM}'],
    ),
    (
        "a possible group names the brand that both share",
        [f"ADD {NEW} a kg:GroupLink ; kg:linkedFirm ?x ; kg:confidence 0.5 WHERE {FIRM}"],
    ),
    ("a thing has one type only", [f"ADD ?x a kg:Person WHERE {FIRM}"]),
    (
        "no fact and no mention leads to this thing",
        [f'ADD {NEW} a kg:Firm ; rdfs:label "孤" WHERE {DOCUMENT}'],
    ),
    (
        "a relation without a statement that says where it was read",
        [f"ADD ?x kg:operates ?y WHERE {FIRM} . ?y a kg:Park"],
    ),
    ("an agreement needs parties", [f"DEL ?x kg:party ?p WHERE {AGREEMENT} ; kg:party ?p"]),
    ("an agreement needs parties, each", [f"ADD ?x kg:party ?p WHERE {AGREEMENT} . ?p a kg:Person"]),
    (
        "one type of the scheme of agreement types",
        [f"DEL ?x kg:agreementType ?t WHERE {AGREEMENT} ; kg:agreementType ?t"],
    ),
    (
        "one type of the scheme of agreement types",
        [f"ADD ?x kg:agreementType agt:marriage WHERE {AGREEMENT}"],
    ),
    ("one status: signed", [f"ADD ?x kg:status ags:planned WHERE {AGREEMENT}"]),
    ("the day of signing is one date", [f'ADD ?x kg:date "2024"^^xsd:gYear WHERE {AGREEMENT}']),
    (
        "the day of signing is one date",
        [
            f"DEL ?x kg:date ?d WHERE {AGREEMENT} ; kg:date ?d",
            f'ADD ?x kg:date "2024-13"^^xsd:gYearMonth WHERE {AGREEMENT}',
        ],
    ),
    ("signed at one event at most", [f"ADD ?x kg:signedAt ?p WHERE {AGREEMENT} ; kg:party ?p"]),
    ("the amount is one number above zero", [f"ADD ?x kg:amount -5.0 WHERE {AGREEMENT}"]),
    (
        "the currency is an ISO 4217 code",
        [
            f"DEL ?x kg:currency ?c WHERE {AGREEMENT} ; kg:currency ?c",
            f'ADD ?x kg:currency "元" WHERE {AGREEMENT}',
        ],
    ),
    (
        "an amount and its currency come together",
        [f"DEL ?x kg:currency ?c WHERE {AGREEMENT} ; kg:currency ?c"],
    ),
    (
        "no statement says where the agreement was read",
        [f"DEL ?s kg:states ?x WHERE {AGREEMENT} . ?s kg:states ?x"],
    ),
    (
        "signed after the page was published",
        [
            f"DEL ?x kg:date ?d WHERE {AGREEMENT} ; kg:date ?d",
            f'ADD ?x kg:date "2024-06"^^xsd:gYearMonth WHERE {AGREEMENT}',
        ],
    ),
    ("a figure is of one named thing", [f"DEL ?x kg:quantityOf ?y WHERE {FIGURE} ; kg:quantityOf ?y"]),
    ("one kind of the scheme of figures", [f"ADD ?x kg:quantityKind qty:happiness WHERE {FIGURE}"]),
    ("a figure has one number", [f"DEL ?x kg:value ?v WHERE {FIGURE} ; kg:value ?v"]),
    ("a figure has one unit", [f'ADD ?x kg:unit "mu" WHERE {FIGURE}']),
    (
        "the unit does not fit the kind of figure",
        [f"DEL ?x kg:unit ?u WHERE {FIGURE} ; kg:unit ?u", f'ADD ?x kg:unit "CNY" WHERE {FIGURE}'],
    ),
    ("the date of a figure is one date", [f'ADD ?x kg:date "last year" WHERE {FIGURE}']),
    (
        "no statement says where the figure was read",
        [f"DEL ?s kg:states ?x WHERE {FIGURE} . ?s kg:states ?x"],
    ),
    ("a confidence is one number from 0 to 1", [f"ADD ?x kg:confidence 1.5 WHERE {STATEMENT}"]),
    ("a confidence is one number from 0 to 1", [f"ADD ?x kg:confidence 0.1 WHERE {MENTION}"]),
    (
        "what made the fact must be named",
        [f"DEL ?x prov:wasAttributedTo ?a WHERE {STATEMENT} ; prov:wasAttributedTo ?a"],
    ),
    (
        "a fact needs the sentence that states it",
        [f"DEL ?x oa:hasSelector ?e WHERE {STATEMENT} ; oa:hasSelector ?e"],
    ),
    ("a post or an honour is one text", [f'ADD ?x kg:roleTitle "一", "二" WHERE {ROLE}']),
    ("a statement states one relation", [f"DEL ?x rdf:object ?o WHERE {STATEMENT} ; rdf:object ?o"]),
    ("a statement states one relation", [f"ADD ?x kg:states ?a WHERE {STATEMENT} . ?a a kg:Agreement"]),
    ("the relation that is stated is not in the graph", ["DEL ?s kg:settledIn ?o WHERE ?s kg:settledIn ?o"]),
    ("a post or an honour must be named", [f"DEL ?x kg:roleTitle ?t WHERE {ROLE} ; kg:roleTitle ?t"]),
    ("evidence quotes a text that is not empty", [f"DEL ?x oa:exact ?t WHERE {EVIDENCE} ; oa:exact ?t"]),
    ("evidence has one start", [f"ADD ?x oa:start -1 WHERE {EVIDENCE}"]),
    ("evidence has one end", [f"DEL ?x oa:end ?t WHERE {EVIDENCE} ; oa:end ?t"]),
    (
        "evidence ends after its start",
        [f"DEL ?x oa:end ?t WHERE {MENTION} ; oa:end ?t", f"ADD ?x oa:end 0 WHERE {MENTION}"],
    ),
    (
        "evidence is quoted from one document",
        [f"DEL ?x prov:wasQuotedFrom ?d WHERE {MENTION} ; prov:wasQuotedFrom ?d"],
    ),
    ("a selector of a statement is evidence", [f"ADD ?x oa:hasSelector {NEW} WHERE {STATEMENT}"]),
    ("no statement uses this evidence", [f"ADD {NEW} a kg:Evidence WHERE {DOCUMENT}"]),
    ("a mention names one thing", [f"DEL ?x kg:mentions ?y WHERE {MENTION} ; kg:mentions ?y"]),
    ("a document has one name", [f'ADD ?x rdfs:label "另" WHERE {DOCUMENT}']),
    ("a document has one key", [f"DEL ?x dcterms:identifier ?y WHERE {DOCUMENT} ; dcterms:identifier ?y"]),
    (
        "a document says where it was read from",
        [f"DEL ?x kg:sourcePath ?y WHERE {DOCUMENT} ; kg:sourcePath ?y"],
    ),
    ("a document has a media type", [f"DEL ?x dcterms:format ?y WHERE {DOCUMENT} ; dcterms:format ?y"]),
    ("a document says what read it", [f"DEL ?x kg:extractedBy ?y WHERE {DOCUMENT} ; kg:extractedBy ?y"]),
    ("a content hash is a SHA-256", [f'ADD ?x kg:contentHash "abc" WHERE {DOCUMENT}']),
    ("the day of publication is one date", [f'ADD ?x dcterms:issued "yesterday" WHERE {DOCUMENT}']),
    ("a document has one title", [f'ADD ?x dcterms:title "另" WHERE {DOCUMENT}']),
    ("a document has one publisher", [f'ADD ?x dc:publisher "甲", "乙" WHERE {DOCUMENT}']),
    ("a document has one address", [f'ADD ?x schema:url "" WHERE {DOCUMENT}']),
    (
        "a copy is a copy of another document, which is none itself",
        [f"ADD ?x kg:copyOf ?x WHERE {DOCUMENT}"],
    ),
    (
        "a copy is a copy of another document, which is none itself",
        [f"ADD ?x kg:copyOf {NEW} WHERE {DOCUMENT}"],
    ),
    (
        "a copy is a copy of another document, which is none itself",
        [f"ADD ?x kg:copyOf {NEW} . {NEW} a kg:Document ; kg:copyOf kg:third WHERE {DOCUMENT}"],
    ),
    ("a document is a copy of one other at most", [f"ADD ?x kg:copyOf {NEW}, kg:Other WHERE {DOCUMENT}"]),
    ("a document has one fingerprint at most", [f'ADD ?x kg:fingerprint "a", "b" WHERE {DOCUMENT}']),
    ("a decision has one verdict", [f'ADD {NEW} a kg:Decision ; kg:verdict "maybe" WHERE {DOCUMENT}']),
    ("a decision is about one fact or two entities", [f"ADD {NEW} a kg:Decision WHERE {DOCUMENT}"]),
    ("a decision says in words what was decided", [f"ADD {NEW} a kg:Decision WHERE {DOCUMENT}"]),
    (
        "a decision is taken by one person",
        [f"ADD {NEW} a kg:Decision ; prov:wasAssociatedWith ?x WHERE {DOCUMENT}"],
    ),
    (
        "the day of a decision is one date",
        [f'ADD {NEW} a kg:Decision ; dcterms:date "soon" WHERE {DOCUMENT}'],
    ),
    ("nothing is said any more of an IRI", [f"ADD ?x dcterms:isReplacedBy {NEW} WHERE {FIRM}"]),
    ("an IRI gives way to one other", [f"ADD {NEW} dcterms:isReplacedBy kg:a, kg:b WHERE {DOCUMENT}"]),
    ("an extractor has a name", [f"DEL ?x schema:name ?y WHERE {AGENT} ; schema:name ?y"]),
    ("an extractor has a version", [f'ADD ?x schema:softwareVersion "9" WHERE {AGENT}']),
    ("says in both languages what it holds", [f"DEL ?x rdfs:comment ?y WHERE {GRAPH} ; rdfs:comment ?y"]),
    ("a division has its code", [f"DEL ?x dcterms:identifier ?y WHERE {DIVISION} ; dcterms:identifier ?y"]),
    ("a division has one level", [f'ADD ?x kg:level "planet" WHERE {DIVISION}']),
    ("a division has a name", [f"DEL ?x rdfs:label ?y WHERE {DIVISION} ; rdfs:label ?y"]),
    ("a division lies in one other division", [f"ADD ?x schema:containedInPlace {NEW} WHERE {DIVISION}"]),
    (
        "a division counts under one county",
        [f"DEL ?x kg:countyRegion ?y WHERE {DIVISION} ; kg:countyRegion ?y"],
    ),
    ("a division counts under one city", [f"DEL ?x kg:cityRegion ?y WHERE {DIVISION} ; kg:cityRegion ?y"]),
    (
        "a division counts under one province",
        [f"DEL ?x kg:provinceRegion ?y WHERE {DIVISION} ; kg:provinceRegion ?y"],
    ),
    ("a party signs with another", ['ADD ?x kg:signsWith "甲" WHERE ?x kg:signsWith ?y']),
    ("signing is mutual, and with another", ["ADD ?x kg:signsWith ?x WHERE ?x kg:signsWith ?y"]),
    ("a sector is a concept of the scheme", ["ADD ?x kg:inSector kg:Firm WHERE ?x kg:inSector ?y"]),
]
