"""The server: pages of a store, its graph, and a read-only SPARQL 1.1 Protocol endpoint."""
