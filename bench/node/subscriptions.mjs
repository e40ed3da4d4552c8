// What open subscriptions cost the gateway: memory and CPU of its process with none, and with COUNT that are silent; and
// what it costs to open one. Run it against a gateway in a JVM of its own, on a machine where nothing else runs:
//
//   AULA_STREAMS_PER_CALLER=100000 make up ONLY=auth,users,courses,enrollments,assignments,grades,content,bff
//   node bench/node/subscriptions.mjs --url http://127.0.0.1:<port of bff>/graphql --pid <pid of bff> --token … --course … \
//     [--count 2000] [--sockets 200] [--seconds 30]
//
// The token is of somebody who is enrolled in the course; the course's global id is that of GraphQL. Prints a row for
// bench/README.md. Node 22 or newer, Linux only: memory is what the process does not share (Private of smaps_rollup), CPU its own time.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    url: { type: 'string' },
    pid: { type: 'string' },
    token: { type: 'string' },
    course: { type: 'string' },
    count: { type: 'string', default: '2000' },
    sockets: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '30' },
  },
});
const count = Number(values.count);
const sockets = Number(values.sockets);
const seconds = Number(values.seconds);
const query = `subscription { courseProgress(courseId: "${values.course}") { progressPercentage } }`;
const TICKS = 100;

const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));

function memoryMb() {
  const rollup = readFileSync(`/proc/${values.pid}/smaps_rollup`, 'utf8');
  const kb = [...rollup.matchAll(/^Private_\w+:\s+(\d+) kB/gm)].reduce((sum, [, part]) => sum + Number(part), 0);
  return kb / 1024;
}

function cpuSeconds() {
  const fields = readFileSync(`/proc/${values.pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}

// Milliseconds of CPU a second, while nothing is done here but waiting.
async function measured() {
  const before = cpuSeconds();
  await sleep(seconds * 1000);
  return { memory: memoryMb(), cpu: ((cpuSeconds() - before) / seconds) * 1000 };
}

function open(subscriptions) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(values.url.replace(/^http/, 'ws'), 'graphql-transport-ws');
    let begun = 0;
    socket.addEventListener('open', () => socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${values.token}` } })));
    socket.addEventListener('close', ({ code }) => reject(new Error(`closed with ${code}`)));
    socket.addEventListener('message', ({ data }) => {
      const message = JSON.parse(data);
      if (message.type === 'connection_ack') {
        for (let id = 0; id < subscriptions; id++) {
          socket.send(JSON.stringify({ id: String(id), type: 'subscribe', payload: { query } }));
        }
      } else if (message.type === 'next' && ++begun === subscriptions) {
        resolve(socket);
      } else if (message.type === 'error') {
        reject(new Error(JSON.stringify(message.payload)));
      } else if (message.type === 'ping') {
        socket.send(JSON.stringify({ type: 'pong' }));
      }
    });
  });
}

const none = await measured();
const before = cpuSeconds();
const opened = [];
for (let index = 0; index < sockets; index++) {
  opened.push(await open(Math.floor(count / sockets) + (index < count % sockets ? 1 : 0)));
}
const opening = ((cpuSeconds() - before) / count) * 1000;
const silent = await measured();
opened.forEach(socket => socket.close());

const row = [count, sockets, none.memory, silent.memory, ((silent.memory - none.memory) * 1024) / count, none.cpu, silent.cpu, opening];
console.log('| subscriptions | sockets | MB without | MB with | KB each | ms CPU/s without | ms CPU/s with | ms CPU to open one |');
console.log('|---|---|---|---|---|---|---|---|');
console.log(`| ${row.map(value => (Number.isInteger(value) ? value : value.toFixed(1))).join(' | ')} |`);
