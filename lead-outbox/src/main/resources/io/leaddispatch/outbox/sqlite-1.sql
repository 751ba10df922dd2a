-- Version 1 of the outbox, SQLite. Run by itself unless autoCreate says otherwise; may be run by hand.

create table lead_outbox (
    id integer primary key autoincrement,
    destination varchar(64) not null,
    lead_id varchar(128) not null,
    serial_key varchar(64),          -- keyed hash; only where it differs from the lead's id
    email_hash varchar(64),          -- keyed hash, for "forget"
    payload text,                    -- the lead, complete form, maybe encrypted; null once removed
    state smallint not null,         -- 0 open, 1 delivered, 2 dead letter, 3 delivered and its content removed
    leased smallint not null,        -- 1: due_at is the end of a lease
    holds smallint not null default 0, -- 1: its serial key stays busy until it is leased again
    due_at bigint not null,          -- epoch ms
    token bigint not null,           -- fences off whoever lost its lease
    owner varchar(64),
    started smallint not null,       -- 1: its holder may have begun to send it
    claims integer not null,         -- leases ever given
    lost integer not null,           -- leases given and never ended by their holder
    attempts integer not null,       -- answers and failures of the destination
    confirmation varchar(32),
    record_id text,
    notes text,                      -- one a line
    rejected smallint not null,
    may_exist smallint not null,
    code varchar(128),
    category varchar(32),
    cause text,
    remedy text,
    vendor_code text,
    records text,                    -- one a line
    stored_at bigint not null,
    tried_from bigint,               -- its age counts from here; null: from stored_at
    changed_at bigint not null,
    constraint lead_outbox_once unique (lead_id, destination)
);

create index lead_outbox_due on lead_outbox (destination, due_at) where state = 0;
create index lead_outbox_doubtful on lead_outbox (destination, due_at) where state = 0 and lost >= 2;
create index lead_outbox_key on lead_outbox (serial_key, due_at) where state = 0 and serial_key is not null;
create unique index lead_outbox_key_in_flight on lead_outbox (serial_key) where state = 0 and (leased = 1 or holds = 1) and serial_key is not null;
create index lead_outbox_ended on lead_outbox (state, changed_at) where state > 0;
create index lead_outbox_email on lead_outbox (email_hash) where email_hash is not null;

create table lead_outbox_attempt (
    outbox_id bigint not null,
    attempt integer not null,
    at bigint not null,
    code varchar(128) not null,
    cause text not null,
    vendor_code text
);

create index lead_outbox_attempt_of on lead_outbox_attempt (outbox_id);

create table lead_outbox_gate (
    gate varchar(128) primary key,
    paused_until bigint not null,
    owner varchar(64) not null,      -- who paused it
    code varchar(128),
    category varchar(32),
    cause text,
    remedy text,
    changed_at bigint not null
);

create table lead_outbox_permit (
    gate varchar(128) not null,
    slot integer not null,
    free_at bigint not null,
    token bigint not null,
    primary key (gate, slot)
);

create table lead_outbox_schema (
    version integer not null,        -- of these tables
    readable_by integer not null,    -- the oldest version of the library's tables that still works with these
    hash_key varchar(64) not null    -- for the keyed hashes, unless a setting gives another
);

insert into lead_outbox_schema (version, readable_by, hash_key) values (1, 1, lower(hex(randomblob(32))));
