// Bridge between a Go test and ZetaSQL's LocalService, Google's reference
// implementation of GoogleSQL, which speaks gRPC.
//
//   node bridge.js FOLDER      FOLDER holds node_modules
//
// Every line on stdin is a call, every line on stdout an answer, in any order:
//
//   > {"id": 1, "method": "EvaluateQuery", "request": {...}, "timeoutMs": 1000}
//   < {"id": 1, "response": {...}}
//   < {"id": 1, "error": {"code": "INVALID_ARGUMENT", "message": "..."}}
//
// Methods and messages are those of local_service.proto, with fields in
// camelCase, 64-bit integers as strings and bytes as base64. The first line
// out is {"ready": true}. The end of stdin ends the bridge and its server, so
// that both die with their parent, however it dies.
//
// Nothing is known here about SQL: types and values are the caller's.
'use strict';

const {spawn} = require('node:child_process');
const {createRequire} = require('node:module');
const net = require('node:net');
const path = require('node:path');
const readline = require('node:readline');

const folder = path.resolve(process.argv.at(-1), 'node_modules');
const load = createRequire(folder + path.sep);
const grpc = load('@grpc/grpc-js');
const protoLoader = load('@grpc/proto-loader');
const zetasql = path.join(folder, '@fivetrandevelopers', 'zetasql', 'lib', 'zetasql');

const START_ATTEMPTS = 5;
const START_TIMEOUT_MS = 30_000;

/** The file name of the server that the package ships for this machine. */
function serverProgram() {
  const arch = process.arch.startsWith('arm') ? '_arm' : '';
  const suffix = process.platform === 'darwin' ? '' : '.so';
  return path.join(zetasql, 'remote_server' + arch + suffix);
}

/** A port that was free a moment ago: the server cannot choose one itself. */
function freePort() {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const {port} = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** Starts the server; resolves to it and a client once it answers. */
async function start() {
  const definition = protoLoader.loadSync('local_service.proto', {
    includeDirs: [path.join(zetasql, 'protos')],
    longs: String, enums: String, bytes: String, json: true, defaults: false,
  });
  const {ZetaSqlLocalService: Client} =
    grpc.loadPackageDefinition(definition).zetasql.local_service;

  for (let attempt = 1; ; attempt++) {
    const address = `127.0.0.1:${await freePort()}`;
    const [host, port] = address.split(':');
    const server = spawn(serverProgram(), [host, port], {stdio: ['ignore', 'ignore', 'inherit']});
    process.once('exit', () => server.kill('SIGKILL'));
    const client = new Client(address, grpc.credentials.createInsecure(), {
      'grpc.max_receive_message_length': -1,
      'grpc.max_send_message_length': -1,
      'grpc.initial_reconnect_backoff_ms': 50,
      'grpc.max_reconnect_backoff_ms': 100,
    });
    const died = new Promise((_, reject) => {
      server.once('error', reject);
      server.once('exit', (code, signal) =>
        reject(new Error(`the server ended with ${signal ?? 'exit status ' + code}`)));
    });
    try {
      await Promise.race([died, new Promise((resolve, reject) =>
        client.waitForReady(Date.now() + START_TIMEOUT_MS, e => e ? reject(e) : resolve()))]);
      died.catch(fail); // from here on its end is the bridge's
      return client;
    } catch (error) { // somebody may have taken the port in between
      client.close();
      server.kill('SIGKILL');
      if (attempt === START_ATTEMPTS) throw error;
    }
  }
}

/** JSON loses the sign of -0; text keeps it. */
const keepSign = (_, value) => Object.is(value, -0) ? '-0' : value;

function write(message) {
  process.stdout.write(JSON.stringify(message, keepSign) + '\n');
}

/** Passes one call on and writes its answer. */
function answer(client, line) {
  const {id, method, request, timeoutMs} = JSON.parse(line);
  const options = timeoutMs ? {deadline: Date.now() + timeoutMs} : {};
  const reply = (error, response) => write(error
    ? {id, error: {code: grpc.status[error.code] ?? 'INTERNAL', message: error.details || error.message}}
    : {id, response});
  try {
    client[method](request, options, reply);
  } catch (error) { // a request that is no message of the method
    reply({code: grpc.status.INVALID_ARGUMENT, message: error.message});
  }
}

function fail(error) {
  console.error(error.message);
  process.exit(1);
}

async function main() {
  const lines = readline.createInterface({input: process.stdin, crlfDelay: Infinity});
  lines.once('close', () => process.exit(0));
  process.stdout.once('error', () => process.exit(0)); // nobody reads any more
  const client = start();
  lines.on('line', line => client.then(c => answer(c, line)).catch(fail));
  await client;
  write({ready: true});
}

main().catch(fail);
