const port = Number(process.argv[2]);
require('node:http')
  .createServer((request, response) => response.end('hello'))
  .listen(port, '127.0.0.1', () => console.log('ready'));
