// SPDX-License-Identifier: Apache-2.0
// A Get Balance endpoint that shares nothing with balprobe's own: an independent subject of check.
//
//   node ci/peers/endpoint.js PKI READYFILE [stock|plain]
//
// `stock` turns bad certificates away as Node does by itself; `plain` speaks in the clear, for a
// server in front of it. Stops at SIGTERM.
'use strict';
const fs = require('fs');
const http = require('http');
const https = require('https');
const { constants } = require('crypto');

const [folder, ready, mode] = process.argv.slice(2);
const read = (name) => fs.readFileSync(folder + '/' + name, 'utf8');
const key = read('server.key'), cert = read('server.pem'), ca = read('ca.pem');
// Node reads one list per string.
const crl = read('crl.pem').match(/-----BEGIN[^]*?-----END X509 CRL-----/g);

const countries = new Set(`AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI
BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE
DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS
GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW
KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW
MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO
RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM
TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW`.split(/\s/));

// What a SIM has: megabytes left, until when, where, of which type; or it takes no part.
const hours = (count) => Date.now() + count * 3600e3;
const sims = new Map([
    ['8944501713000000003', [[2500.5, hours(700), 'US CA MX'], [10, hours(30), 'US']]],
    ['8944501713012345677', [[0.25, hours(2), 'US']]],
    ['8944501713024691340', [[1e9, hours(720), 'US DE', 'MODIRECT']]],
    ['8944501713037037010', []],
    ['8944501713049382685', [[0, hours(99), 'US']]],
    ['8944501713061728351', [[300, hours(-1), 'US']]],
    ['8944501713098765368', 'barred'],
]);

const zero = (type, where) => ({ timeRemaining: 'PT0S', dataRemaininginMB: 0, type, where });
const spell = (ms) => {
    const s = Math.floor(ms / 1000);
    return `P${Math.floor(s / 86400)}DT${Math.floor(s / 3600) % 24}H${Math.floor(s / 60) % 60}M` +
        `${s % 60}S`;
};
const list = (sim, place) => {
    if (sim === 'barred') return [zero('NOTSUPPORTED', [])];
    const left = sim.filter(([mb, end]) => mb > 0 && end - Date.now() >= 1000)
        .map(([mb, end, where, type = 'MODIRECTPAYG']) => ({ type, dataRemaininginMB: mb,
            timeRemaining: spell(end - Date.now()), where: where.split(' ') }))
        .filter((plan) => !place || plan.where.includes(place));
    return left.length ? left : [zero('NONE', [])];
};

class Refusal extends Error {
    constructor(status, words, fields) { super(words); Object.assign(this, { status, fields }); }
}
const decode = (text, name) => {
    try { return decodeURIComponent(text.replace(/\+/g, ' ')); } catch (e) {
        throw new Refusal(400, `${name} is badly encoded`);
    }
};
const parse = (query) => {
    const given = {};
    for (const pair of query.split('&').filter(Boolean)) {
        const at = pair.indexOf('=');
        const name = decode(at < 0 ? pair : pair.slice(0, at), 'a parameter name');
        const value = decode(at < 0 ? '' : pair.slice(at + 1), name);
        if (!['fieldsTemplate', 'limit', 'location'].includes(name)) continue;
        if (name in given) throw new Refusal(400, `${name} is given twice`);
        given[name] = value;
    }
    const { fieldsTemplate = 'basic', limit = '2147483647' } = given;
    const location = (given.location || '').toUpperCase();
    if (!/^(basic|full)$/i.test(fieldsTemplate))
        throw new Refusal(400, 'fieldsTemplate is neither basic nor full');
    if (!/^[0-9]{1,400}$/.test(limit) || BigInt(limit) > 2147483647n)
        throw new Refusal(400, 'limit is no integer from 0 to 2147483647');
    if (given.location && !countries.has(location))
        throw new Refusal(400, 'location is no ISO 3166-1 code');
    return { full: /^full$/i.test(fieldsTemplate), limit: Number(limit), location };
};
const answer = (req) => {
    const names = req.rawHeaders.filter((name, i) => i % 2 === 0);
    // Node 18 takes a blank before a colon for a part of the name.
    if (names.some((name) => /\s/.test(name)))
        throw new Refusal(400, 'the name of a field holds a blank');
    const hosts = names.filter((name) => /^host$/i.test(name));
    const host = req.headers.host;
    const isBare = hosts.length === 0 && req.httpVersion === '1.1';
    const isHost = /^([a-z0-9._~-]*|\[[0-9a-f:.]+\])(:[0-9]*)?$/i.test(host || '');
    if (isBare || hosts.length > 1 || !isHost)
        throw new Refusal(400, 'the field Host is wrong');
    const [path, query = ''] = req.url.replace(/^https?:\/\/[^/?]*/i, '').split(/\?(.*)/s);
    const form = /^\/v1\/sims\/(?:iccid:)?([0-9]{19,20})\/balances$/;
    const found = form.exec(decode(path, 'the path'));
    if (!found) throw new Refusal(404, 'no such resource');
    if (req.method !== 'GET' && req.method !== 'HEAD')
        throw new Refusal(405, 'this can only be read', { Allow: 'GET, HEAD' });
    if (!sims.has(found[1])) throw new Refusal(404, 'no such SIM');
    const { full, limit, location } = parse(query);
    return list(sims.get(found[1]), location).slice(0, limit).map(({ where, ...basic }) =>
        full ? { locations: where, ...basic } : basic);
};
const serve = (req, res) => {
    const id = req.headers['x-ms-dm-transactionid'];
    if (id !== undefined) res.setHeader('X-MS-DM-TransactionId', id);
    res.setHeader('Content-Type', 'application/json; charset=utf-8');
    try {
        const balances = answer(req);
        res.write('{ "balances":\n'); // two writes: the answer is chunked
        res.end(JSON.stringify(balances, null, 1) + '\n}\n');
    } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        res.writeHead(error.status, error.fields);
        res.end(JSON.stringify({ title: 'refused', detail: error.message }));
    }
};

const stock = { key, cert, ca, crl, requestCert: true };
// >>
const remedy = {
    key, cert, ca, crl, requestCert: true, rejectUnauthorized: false,
    minVersion: 'TLSv1.2', secureOptions: constants.SSL_OP_NO_TICKET,
};
const decide = (req, res) => {
    const shown = req.socket.getPeerCertificate();
    const ended = new Date(shown && shown.valid_to) < new Date();
    const expired = req.socket.authorizationError === 'CERT_HAS_EXPIRED' && ended;
    if (req.socket.authorized) return serve(req, res);
    if (shown && shown.raw && !expired) return res.writeHead(403).end();
    res.writeHead(401, { 'WWW-Authenticate': 'ClientCertificate' }).end();
};
// <<
const server = mode === 'plain' ? http.createServer(serve)
    : mode === 'stock' ? https.createServer(stock, serve) : https.createServer(remedy, decide);
server.listen(0, '127.0.0.1', () => {
    fs.writeFileSync(ready + '.new', `${server.address().port}\n`);
    fs.renameSync(ready + '.new', ready);
});
process.on('SIGTERM', () => process.exit(0));
