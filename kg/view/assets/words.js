// Words in two languages, and elements made of text only: nothing from a page is ever parsed as markup.
const $ = (id) => document.getElementById(id);
const data = JSON.parse($("kg-data").textContent);
const first = JSON.parse($("kg-first").textContent);
let language = data.language === "en" ? "en" : "zh";

/** The words for a key in the reader's language, with {name} filled in. */
function t(key, values = {}) {
  const pair = data.labels[key];
  if (!pair) return key.slice(key.indexOf(".") + 1);
  const words = pair[language === "en" ? 1 : 0];
  return words.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** An element; properties that start with "on" are listeners, "data-" and "aria-" attributes. */
function el(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name in made && !name.includes("-")) made[name] = value;
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return made;
}

function svg(tag, attributes = {}, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

const number = (value, digits = 2) =>
  value.toLocaleString(language === "en" ? "en" : "zh-CN", { maximumFractionDigits: digits });

/** Money and areas as people write them: 2.4亿元, CNY 240 million. */
function quantity(value, unit) {
  const money = /^[A-Z]{3}$/.test(unit);
  if (language === "en") {
    const [size, word] = value >= 1e9 ? [1e9, " billion"] : value >= 1e6 ? [1e6, " million"] : [1, ""];
    const text = number(value / size) + word;
    if (money) return `${unit} ${text}`;
    return unit === "percent" ? `${text}%` : `${text} ${t("unit." + unit)}`.trim();
  }
  const [size, word] = value >= 1e8 ? [1e8, "亿"] : value >= 1e4 ? [1e4, "万"] : [1, ""];
  const name = unit === "CNY" ? "元" : money ? ` ${unit}` : t("unit." + unit);
  return `${number(value / size)}${word}${name}`;
}

/** A partial ISO date as it is read: 2025-05-28, 2025-05, 2025, or 05-28 without a year. */
const day = (date) => (date ? date.replace(/^--/, "") : "");

/** Only web addresses become links. */
function webAddress(text) {
  if (!text) return null;
  try {
    const url = new URL(text);
    return url.protocol === "http:" || url.protocol === "https:" ? url.href : null;
  } catch {
    return null;
  }
}
