#!/bin/sh
# A credential served by its own media type is left unread by the client with which many programs fetch it.
# VC Data Model 2.0 registers application/vc. @digitalbazaar/http-client 4.4.0 parses an answer only when its content type has
# the letters "json": under application/vc `data` is undefined, under application/vc+ld+json, application/ld+json and
# application/json it is the credential. Needs Node 20 or newer. Exits with 1 when it is otherwise.
set -eu
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
cd "$home"
npm install --silent --no-audit --no-fund --ignore-scripts @digitalbazaar/http-client@4.4.0
cat >fetch.mjs <<'JS'
import { createServer } from "node:http";
import { httpClient } from "@digitalbazaar/http-client";

const seen = {};
const credential = { "@context": ["https://www.w3.org/ns/credentials/v2"], type: ["VerifiableCredential"] };
const server = createServer((request, response) => {
  response.setHeader("Content-Type", decodeURIComponent(request.url.slice(1)));
  response.end(JSON.stringify(credential));
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
for (const type of ["application/vc", "application/vc+ld+json", "application/ld+json", "application/json"]) {
  const { data } = await httpClient.get(`http://127.0.0.1:${server.address().port}/${encodeURIComponent(type)}`);
  seen[type] = data === undefined ? "left unread" : "read";
}
server.close();
for (const [type, what] of Object.entries(seen)) console.log(`${type}: ${what}`);
const expected = "left unread,read,read,read";
process.exit(Object.values(seen).join() === expected ? 0 : 1);
JS
node fetch.mjs
