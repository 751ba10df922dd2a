// node leads.js BASE ID SECRET FIRST COUNT: hands over COUNT people in one call, the last with a bad number; prints the answer.
const Marketo = require(process.cwd() + '/node_modules/node-marketo-rest');
const [base, clientId, clientSecret, first, count] = process.argv.slice(2);
const marketo = new Marketo({
  endpoint: base + '/rest', identity: base + '/identity', clientId, clientSecret,
  retry: {initialDelay: 20, maxDelay: 50}
});
const input = [];
for (let i = 0; i < +count; i++) {
  input.push({email: `node-${+first + i}@example.com`, firstName: 'Zoë', numberOfEmployees: i + 1 === +count ? 14.1 : 14});
}
marketo.lead.createOrUpdate(input, {lookupField: 'email'})
  .then(answer => console.log(JSON.stringify({success: answer.success, result: answer.result})))
  .catch(e => console.log(JSON.stringify({failed: e.errors || String(e)})))
  .then(() => process.exit(0));
