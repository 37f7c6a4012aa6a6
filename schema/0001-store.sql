-- +goose Up
create table audit (
	id bigint primary key,
	chain bigint not null,
	seq bigint not null,
	at bigint not null,
	actor bigint,
	actor_name text not null,
	act text not null,
	subject_kind text not null,
	subject_id bigint not null,
	person_id bigint,
	case_id bigint,
	centre_id bigint,
	note text not null,
	payload text not null,
	prev_hash text not null,
	hash text not null,
	unique (chain, seq)
);
create index audit_person on audit (person_id, id);
create index audit_case on audit (case_id, id);
create index audit_centre on audit (centre_id, id);

create table audit_heads (
	chain bigint primary key,
	seq bigint not null,
	hash text not null
);

create table refusals (
	id bigint primary key,
	at bigint not null,
	actor bigint,
	actor_name text not null,
	act text not null
);

create table deltas (
	id bigint primary key,
	measure text not null,
	centre_id bigint not null,
	day text not null,
	dim text not null,
	n bigint not null
);
create index deltas_measure on deltas (measure, day);

create table tallies (
	measure text not null,
	grain text not null,
	centre_id bigint not null,
	bucket text not null,
	dim text not null,
	n bigint not null,
	primary key (measure, grain, bucket, centre_id, dim)
);

create table outbox (
	id bigint primary key,
	topic text not null,
	body text not null,
	at bigint not null,
	tries bigint not null,
	next_at bigint not null,
	last_error text
);
create index outbox_next on outbox (next_at);

create table leases (
	name text primary key,
	holder text not null,
	until bigint not null
);

create table idempotency (
	user_id bigint not null,
	key text not null,
	print text not null,
	at bigint not null,
	subject_kind text not null,
	subject_id bigint not null,
	status bigint not null,
	location text not null,
	body text not null,
	primary key (user_id, key)
);
create index idempotency_at on idempotency (at);

create table disclosures (
	id bigint primary key,
	at bigint not null,
	user_id bigint,
	user_name text not null,
	act text not null,
	via text not null,
	purpose text not null,
	n bigint not null
);

create table disclosure_persons (
	person_id bigint not null,
	disclosure_id bigint not null,
	primary key (person_id, disclosure_id)
);
