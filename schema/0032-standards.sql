-- Standards: what an institution should be like, and how each sees itself against it.
-- +goose Up
create table standards (
	id bigint primary key,
	version bigint not null,
	key text not null,
	edition text not null,
	name text not null,
	name_en text not null,
	valid_from text not null,
	valid_to text,
	source text not null,
	status text not null,
	criteria bigint not null,
	sha text not null,
	body text not null, -- the file as it came
	used boolean not null, -- by a campaign: it never changes any more
	added_on text not null,
	user_id bigint,
	user_name text not null,
	unique (key, edition)
);

create table campaigns (
	id bigint primary key,
	version bigint not null,
	name text not null,
	standard_id bigint not null references standards (id),
	standard_key text not null,
	from_on text not null,
	to_on text not null,
	due_on text not null,
	state text not null, -- open, closed
	opened_on text not null,
	closed_on text,
	user_id bigint,
	user_name text not null
);
create index campaigns_standard on campaigns (standard_id, id);

create table self_assessments (
	id bigint primary key,
	version bigint not null,
	campaign_id bigint not null references campaigns (id),
	centre_id bigint not null references centres (id),
	standard_id bigint not null,
	standard_key text not null,
	state text not null, -- open, submitted, verified
	submitted_on text,
	submitted_by text not null,
	returned_on text,
	returned_why text not null,
	verified_on text,
	verified_by text not null,
	verified_note text not null,
	unique (campaign_id, centre_id)
);
create index self_assessments_centre on self_assessments (centre_id, standard_key, id);
create index self_assessments_newest on self_assessments (centre_id, id);

create table standard_answers (
	id bigint primary key,
	version bigint not null,
	self_id bigint not null references self_assessments (id),
	campaign_id bigint not null,
	centre_id bigint not null,
	criterion text not null,
	value text not null, -- yes, partly, no, na
	confirmed boolean not null, -- false: copied from the last period, and not assessed yet
	source text not null,
	note text not null,
	why text not null, -- the answer is another than operations suggest
	suggested text not null,
	counted bigint, -- what operations said then: counted of counted_of
	counted_of bigint,
	answered_on text not null,
	user_id bigint,
	user_name text not null,
	verdict text not null,
	verdict_how text not null, -- visit, papers
	verdict_note text not null,
	verdict_on text,
	verdict_by text not null,
	unique (self_id, criterion)
);
create index standard_answers_campaign on standard_answers (campaign_id, centre_id);

create table standard_evidence (
	id bigint primary key,
	version bigint not null,
	self_id bigint not null references self_assessments (id),
	centre_id bigint not null,
	criterion text not null,
	title text not null,
	label text not null,
	type text not null,
	size bigint not null,
	sha256 text not null,
	from_on text not null, -- the time that it proves
	to_on text not null,
	expires_on text,
	added_on text not null,
	user_id bigint,
	user_name text not null,
	struck_on text,
	struck_by text not null,
	struck_why text not null
);
create index standard_evidence_self on standard_evidence (self_id, id);

create table standard_evidence_parts (
	id bigint primary key,
	evidence_id bigint not null references standard_evidence (id),
	centre_id bigint not null,
	n bigint not null,
	bytes bytea not null,
	unique (evidence_id, n)
);
