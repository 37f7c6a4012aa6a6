-- Problems of institutions, what they need because of them, and purchases that join identical needs of several.
-- +goose Up
create table problems (
	id bigint primary key,
	version bigint not null,
	centre_id bigint not null references centres (id),
	source text not null, -- assessment, waiting, referral, facility, mandate, complaint, meeting, other
	source_ref text not null, -- what it comes from, in the words of its desk: open once for an institution
	standard_key text not null,
	criterion text not null,
	title text not null,
	detail text not null,
	impact bigint not null, -- 1 to 4
	risk bigint not null, -- 1 to 4
	people bigint, -- affected
	state text not null, -- open, solved, dropped
	found_on text not null,
	closed_on text,
	closed_why text not null,
	user_id bigint,
	user_name text not null
);
create index problems_centre on problems (centre_id, state, id);
create unique index problems_source on problems (centre_id, source, source_ref) where source_ref <> '' and state = 'open';
create index problems_criterion on problems (centre_id, criterion, id);
create index problems_state on problems (state, id);

create table institution_needs (
	id bigint primary key,
	version bigint not null,
	centre_id bigint not null references centres (id),
	problem_id bigint not null references problems (id),
	standard_key text not null,
	criterion text not null,
	kind text not null, -- facility, staff, programme, monitoring, publication, technology
	name text not null,
	item text not null, -- the name and unit as compared: identical needs have one
	unit text not null,
	quantity bigint not null,
	unit_price bigint not null, -- rupiah
	cost bigint not null, -- quantity times unit price
	impact bigint not null,
	risk bigint not null,
	people bigint,
	mandated boolean not null, -- the function for which the institution was founded waits for it
	priority bigint not null, -- 0 to 100
	fund text not null,
	fund_note text not null,
	year bigint not null, -- of the budget
	state text not null, -- proposed, reviewed, approved, budgeted, ordered, delivered, refused
	live boolean not null, -- neither delivered nor refused
	facility_id bigint,
	purchase_id bigint,
	action_id bigint, -- the action that brings it
	note text not null,
	proposed_on text not null,
	moved_on text not null,
	delivered_on text,
	user_id bigint,
	user_name text not null
);
create index institution_needs_centre on institution_needs (centre_id, live, priority desc, id);
create index institution_needs_all on institution_needs (live, priority desc, id);
create index institution_needs_state on institution_needs (state, priority desc, id);
create index institution_needs_kind on institution_needs (kind, live, priority desc, id);
create index institution_needs_criterion on institution_needs (centre_id, criterion, id);
create index institution_needs_item on institution_needs (year, item, centre_id) where live;
create index institution_needs_year on institution_needs (year, centre_id, id);
create index institution_needs_purchase on institution_needs (purchase_id, id);
create index institution_needs_action on institution_needs (action_id, id);
create index institution_needs_problem on institution_needs (problem_id, id);
create index institution_needs_facility on institution_needs (facility_id, id);

create table need_events (
	id bigint primary key,
	need_id bigint not null references institution_needs (id),
	centre_id bigint not null,
	at bigint not null,
	state text not null,
	note text not null,
	user_name text not null
);
create index need_events_need on need_events (need_id, id);

-- What the map and the heads of lists show, kept with each write: live needs of an institution by criterion, and all
-- needs by year, kind, fund and state. "tuntas verify" counts them anew.
create table need_cells (
	centre_id bigint not null,
	criterion text not null,
	n bigint not null,
	cost bigint not null,
	primary key (centre_id, criterion)
);
create table need_sums (
	centre_id bigint not null,
	year bigint not null,
	kind text not null,
	fund text not null,
	state text not null,
	n bigint not null,
	cost bigint not null,
	primary key (centre_id, year, kind, fund, state)
);

create table purchases (
	id bigint primary key,
	version bigint not null,
	item text not null,
	kind text not null,
	name text not null,
	unit text not null,
	year bigint not null,
	state text not null, -- open, ordered, delivered, undone
	note text not null,
	made_on text not null,
	user_name text not null
);
create index purchases_year on purchases (year, id);
