-- What the office enters for the SPM: who is entitled, what is there, the four steps, the report.
-- +goose Up
-- Who needs rehabilitation inside a panti (Y), as it was collected, and what the district itself reports of its own part.
create table spm_districts (
	id bigint primary key,
	version bigint not null,
	year bigint not null,
	ppks_group text not null,
	region text not null,
	entitled bigint not null, -- persons who need rehabilitation inside a panti
	source text not null,
	collected_on text not null,
	outside_served bigint, -- X outside the panti, of the district
	outside_entitled bigint, -- Y outside the panti, of the district
	note text not null,
	user_name text not null,
	unique (year, ppks_group, region)
);

-- What is there at a UPT for an item in a year.
create table spm_supplies (
	id bigint primary key,
	version bigint not null,
	centre_id bigint not null references centres (id),
	year bigint not null,
	ppks_group text not null,
	item text not null,
	persons bigint not null, -- for how many persons it is enough
	quantity bigint not null,
	unit text not null,
	unit_cost bigint not null, -- rupiah for one person, by the cost standard
	note text not null,
	user_name text not null,
	unique (centre_id, year, ppks_group, item)
);
create index spm_supplies_year on spm_supplies (year, ppks_group, item, centre_id);

-- The year of a group: the four steps, and what the report says.
create table spm_years (
	id bigint primary key,
	version bigint not null,
	year bigint not null,
	ppks_group text not null,
	collect_state text not null, -- open, running, done
	collect_on text,
	collect_note text not null,
	compute_state text not null,
	compute_on text,
	compute_note text not null,
	plan_state text not null,
	plan_on text,
	plan_note text not null,
	deliver_state text not null,
	deliver_on text,
	deliver_note text not null,
	result text not null,
	obstacles text not null,
	budget bigint not null, -- rupiah
	spent bigint not null,
	user_name text not null,
	unique (year, ppks_group)
);

-- The governor's report of a year: a draft follows the figures, an approved one is frozen with its sum.
create table spm_reports (
	id bigint primary key,
	version bigint not null,
	year bigint not null unique,
	state text not null, -- draft, approved, sent
	body text not null,
	sha256 text not null,
	foreword text not null,
	approved_at bigint,
	approved_by text not null,
	user_name text not null
);
create table spm_sendings (
	id bigint primary key,
	report_id bigint not null references spm_reports (id),
	receiver text not null, -- mensos, mendagri
	sent_on text not null,
	letter_no text not null,
	user_name text not null,
	unique (report_id, receiver)
);
