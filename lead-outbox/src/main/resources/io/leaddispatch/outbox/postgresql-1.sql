-- Version 1 of the outbox, PostgreSQL. Run by itself unless autoCreate says otherwise; may be run by hand.

-- Numbers first: PostgreSQL then knows where in a row they are. What a claim changes is in no index and the pages are half
-- empty, so that it writes one row version beside the other and no index entry.
create table lead_outbox (
    id bigint generated always as identity primary key,
    stored_at bigint not null,       -- epoch ms, as all times
    due_at bigint not null,
    leased_until bigint not null,    -- 0: not leased
    changed_at bigint not null,
    token bigint not null,           -- fences off whoever lost its lease
    claims integer not null,         -- leases ever given
    lost integer not null,           -- leases that ran out and were taken over
    attempts integer not null,       -- answers and failures of the destination
    state smallint not null,         -- 0 open, 1 delivered, 2 dead letter, 3 delivered and its content removed
    started smallint not null,       -- 1: its holder may have begun to send it
    rejected smallint not null,
    may_exist smallint not null,
    destination varchar(64) collate "C" not null,
    lead_id varchar(128) collate "C" not null,
    serial_key varchar(64) collate "C", -- keyed hash; only where it differs from the lead's id
    busy_key varchar(64) collate "C", -- the same while no other lead with it may be claimed, else null
    email_hash varchar(64) collate "C", -- keyed hash, for "forget"
    owner varchar(64),
    payload text,                    -- the lead, complete form, maybe encrypted; null once removed
    confirmation varchar(32),
    record_id text,
    notes text,                      -- one a line
    code varchar(128),
    category varchar(32),
    cause text,
    remedy text,
    vendor_code text,
    records text,                    -- one a line
    tried_from bigint,               -- its age counts from here; null: from stored_at
    constraint lead_outbox_once unique (lead_id, destination)
) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000, fillfactor = 50);

create index lead_outbox_due on lead_outbox (destination, due_at) where state = 0;
create index lead_outbox_doubtful on lead_outbox (destination, due_at) where state = 0 and lost >= 1;
create index lead_outbox_key on lead_outbox (serial_key, due_at) where state = 0 and serial_key is not null;
create unique index lead_outbox_busy on lead_outbox (busy_key) where busy_key is not null;
create index lead_outbox_ended on lead_outbox (state, changed_at) where state > 0;
create index lead_outbox_email on lead_outbox using hash (email_hash) where state > 0 and email_hash is not null;

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

insert into lead_outbox_schema (version, readable_by, hash_key) values (1, 1, ''); -- the first process fills in the key
