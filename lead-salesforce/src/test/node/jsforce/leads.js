// Logs in, creates, upserts and reads leads with a client that nobody here wrote; prints what it got as JSON.
const { Connection } = require('@jsforce/jsforce-node');

const [url, clientId, clientSecret, count] = process.argv.slice(2);
const external = 'Marketplace_Lead_Id__c';

const record = (n, more) => ({ LastName: 'Last ' + n, Company: 'Company ' + n, Email: 'n' + n + '@example.com', ...more });

async function main() {
  const connection = new Connection({ version: '62.0', oauth2: { clientId, clientSecret, loginUrl: url } });
  await connection.authorize({ grant_type: 'client_credentials' });
  const leads = connection.sobject('Lead');
  const many = Array.from({ length: Number(count) }, (_, n) => record(n));
  many[1].Email = 'badone';
  const created = await leads.create(many, { allOrNone: false, allowRecursive: true });
  const one = await leads.create(record('one', { [external]: 'one' }));
  const upserts = [record('one-again', { [external]: 'ONE' }), record('two', { [external]: 'two' })];
  const upserted = await leads.upsert(upserts, external, { allowRecursive: true });
  const single = await leads.upsert(record('three', { [external]: 'three' }), external);
  const read = await leads.retrieve(one.id);
  const described = await leads.describe();
  const all = await leads.create([record('x'), record('y', { Email: 'badone' })], { allOrNone: true });
  const same = [record('a', { [external]: 'same' }), record('b', { [external]: 'SAME' })];
  const twice = await leads.upsert(same, external, { allowRecursive: true });
  const usage = connection.limitInfo; // logging out forgets it
  await connection.logout();
  console.log(JSON.stringify({
    created: created.length,
    refused: created.filter((each) => !each.success),
    one, upserted, single, all, twice,
    read: { LastName: read.LastName, Id: read.Id },
    fields: described.fields.length,
    usage,
  }));
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
