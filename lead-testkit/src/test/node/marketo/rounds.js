// node rounds.js BASE ID SECRET LEADS BATCH AT_ONCE: for each line on its input hands over LEADS people and prints "sent LEADS".
const Marketo = require(process.cwd() + '/node_modules/node-marketo-rest');
const [base, clientId, clientSecret, leads, batch, atOnce] = process.argv.slice(2);
const marketo = new Marketo({endpoint: base + '/rest', identity: base + '/identity', clientId, clientSecret});
const person = i => ({
  email: `e1e1e1-${i}@example.com`, firstName: `First-e1e1e1-${i}`, lastName: `Last-e1e1e1-${i}`,
  leadSource: 'AzureMarketplace-INS|contoso.backup'
});
async function round() {
  let next = 0, written = 0;
  const worker = async () => {
    while (next < +leads) {
      const first = next;
      next += +batch;
      const input = [];
      for (let i = first; i < Math.min(first + +batch, +leads); i++) input.push(person(i));
      const answer = await marketo.lead.createOrUpdate(input, {action: 'createOrUpdate', lookupField: 'email'});
      written += answer.result.filter(entry => entry.status !== 'skipped').length;
    }
  };
  await Promise.all(Array.from({length: +atOnce}, worker));
  console.log('sent ' + written);
}
require('readline').createInterface({input: process.stdin}).on('line', () => round().catch(e => console.log(String(e))));
process.stdin.ref(); // the test kit lets a script end although its input is open
