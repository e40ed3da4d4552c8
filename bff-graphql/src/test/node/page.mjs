// Opens the page at the address given, runs its script with the little of a browser that it needs, fills in the fields
// given as name=value, presses the button, and prints what the page then says as JSON.
const [address, ...fields] = process.argv.slice(2);
const url = new URL(address);
const html = await (await fetch(url)).text();
const script = html.match(/<script>(.*?)<\/script>/s)[1];

const elements = new Map();
const element = id => {
  if (!elements.has(id)) {
    elements.set(id, {
      dataset: {},
      listeners: {},
      addEventListener(type, listener) { this.listeners[type] = listener; },
      querySelector: name => element(name),
      reset() { this.wasReset = true; },
    });
  }
  return elements.get(id);
};
fields.map(field => field.split('=')).forEach(([id, value]) => { element(id).value = value; });

const replaced = [];
const browser = {
  document: { getElementById: element },
  location: url,
  history: { replaceState: (state, title, path) => replaced.push(path) },
  fetch: (path, options) => fetch(new URL(path, url), options),
};
new Function(...Object.keys(browser), script)(...Object.values(browser));
if (!element('form').hidden) await element('form').listeners.submit({ preventDefault() {} });
const { textContent, dataset } = element('message');
console.log(JSON.stringify({ says: textContent, kind: dataset.kind, formHidden: element('form').hidden === true, replaced }));
