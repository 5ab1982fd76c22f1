// SPDX-License-Identifier: Apache-2.0
// Node's https as a client: asks three times with a kept connection, and prints each status with
// whether the body is JSON, and how many connections it took.
//
//   node client.js URL [STEM]     in a folder of test certificates
'use strict';
const fs = require('fs');
const https = require('https');

const [url, stem] = process.argv.slice(2);
const options = { ca: fs.readFileSync('ca.pem'),
    agent: new https.Agent({ keepAlive: true, maxSockets: 1 }) };
if (stem) {
    options.cert = fs.readFileSync(`${stem}.pem`);
    options.key = fs.readFileSync(`${stem}.key`);
}
const sockets = new Set();
const words = [];
const isJson = (text) => {
    try { return typeof JSON.parse(text) === 'object'; } catch (e) { return false; }
};
const ask = (left) => {
    if (left === 0) {
        console.log([...words, sockets.size].join(' '));
        return options.agent.destroy();
    }
    const request = https.get(url, options, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (piece) => { text += piece; });
        response.on('end', () => {
            words.push(response.statusCode, isJson(text));
            setImmediate(ask, left - 1);
        });
    });
    request.on('socket', (socket) => sockets.add(socket));
    request.on('error', (error) => console.log(error.code));
};
ask(3);
