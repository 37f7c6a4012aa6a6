-- +goose Up
create table cases (
	id bigint primary key,
	version bigint not null,
	person_id bigint not null,
	centre_id bigint not null,
	ppks_type text not null,
	setting text not null,
	level text not null,
	stage text not null,
	stage_since text not null,
	due_on text,
	missing bigint not null,
	waiting text not null,
	opened_on text not null,
	closed_on text,
	result text not null,
	outcome text not null,
	worker_id bigint,
	source text not null,
	story text not null,
	outside_since text,
	decision_no text not null,
	decision_on text,
	emergency boolean not null,
	changed_at bigint not null
);
create index cases_person on cases (person_id, id);
create index cases_centre on cases (centre_id, stage, id);
create index cases_stage on cases (stage, id);
create index cases_newest on cases (centre_id, id);
create index cases_kind on cases (ppks_type, id);
create index cases_worker on cases (worker_id, id);
create unique index cases_running on cases (person_id, centre_id) where closed_on is null;
-- Most cases are closed; what people work on is the few that are not.
create index cases_open on cases (id, centre_id, due_on) where stage <> 'closed';
create index cases_open_centre on cases (centre_id, id, due_on) where stage <> 'closed';
create index cases_due on cases (centre_id, due_on, worker_id, stage) where stage <> 'closed';
create index cases_mine on cases (worker_id, stage, due_on, centre_id) where stage <> 'closed';
create index cases_ready on cases (centre_id, changed_at) where stage <> 'closed' and missing = 0;
create index cases_waiting on cases (waiting, centre_id, id) where waiting <> '';

create table case_stages (
	id bigint primary key,
	case_id bigint not null references cases (id),
	centre_id bigint not null,
	person_id bigint not null,
	stage text not null,
	on_day text not null,
	left_on text,
	user_id bigint,
	user_name text not null,
	reason text not null,
	waiver text not null,
	waived text not null
);
create index case_stages_case on case_stages (case_id, id);
create index case_stages_person on case_stages (person_id);
create index case_stages_figure on case_stages (stage, id, on_day, left_on);

create table criteria (
	id bigint primary key,
	case_id bigint not null references cases (id),
	centre_id bigint not null,
	code text not null,
	result text not null,
	evidence text not null,
	checked_on text not null,
	user_id bigint,
	user_name text not null,
	waiver_asked text not null,
	waiver_asked_by text not null,
	waiver text not null,
	waived_by text not null,
	waived_on text,
	unique (case_id, code)
);

create table assessments (
	id bigint primary key,
	version bigint not null,
	case_id bigint not null references cases (id),
	centre_id bigint not null,
	person_id bigint not null,
	instrument text not null,
	instrument_version text not null,
	occasion text not null,
	answers text not null,
	score bigint,
	band text not null,
	assessed_on text not null,
	assessor_id bigint,
	assessor_name text not null,
	signed_on text,
	signed_by bigint,
	signer_name text not null,
	certificate_no text not null
);
create index assessments_case on assessments (case_id, instrument, assessed_on);

create table assessment_levels (
	assessment_id bigint not null references assessments (id),
	centre_id bigint not null,
	domain text not null,
	level bigint,
	primary key (assessment_id, domain)
);

create table needs (
	id bigint primary key,
	case_id bigint not null references cases (id),
	centre_id bigint not null,
	assessment_id bigint,
	domain text not null,
	text text not null,
	item text not null,
	declined text not null
);
create index needs_case on needs (case_id, id);

create table plans (
	id bigint primary key,
	version bigint not null,
	case_id bigint not null references cases (id),
	centre_id bigint not null,
	number bigint not null,
	state text not null,
	made_on text not null,
	made_by bigint,
	maker_name text not null,
	agreed_by text not null,
	agreed_on text,
	submitted_on text,
	approved_on text,
	approved_by bigint,
	approver_name text not null,
	returned_why text not null,
	unique (case_id, number)
);
create index plans_centre on plans (centre_id, state, id);

create table goals (
	id bigint primary key,
	plan_id bigint not null references plans (id),
	case_id bigint not null,
	centre_id bigint not null,
	need_id bigint,
	domain text not null,
	text text not null,
	measure text not null,
	target_level bigint,
	due_on text not null,
	state text not null,
	ended_on text,
	ended_why text not null
);
create index goals_plan on goals (plan_id, id);
create index goals_case on goals (case_id, id);

create table plan_services (
	id bigint primary key,
	goal_id bigint not null references goals (id),
	plan_id bigint not null,
	case_id bigint not null,
	centre_id bigint not null,
	item text not null,
	text text not null,
	owner text not null,
	from_on text,
	to_on text,
	cost bigint not null,
	funding text not null
);
create index plan_services_plan on plan_services (plan_id, id);

create table services (
	id bigint primary key,
	version bigint not null,
	case_id bigint not null,
	centre_id bigint not null,
	person_id bigint not null,
	item text not null,
	goal_id bigint,
	atensi text not null,
	on_day text not null,
	quantity double precision not null,
	unit text not null,
	note text not null,
	user_id bigint,
	user_name text not null
);
create index services_case on services (case_id, on_day, id);

create table checklist (
	case_id bigint not null references cases (id),
	centre_id bigint not null,
	code text not null,
	state text not null,
	note text not null,
	on_day text not null,
	user_id bigint,
	user_name text not null,
	primary key (case_id, code)
);

create table terminations (
	case_id bigint primary key references cases (id),
	centre_id bigint not null,
	person_id bigint not null,
	on_day text not null,
	reason text not null,
	destination text not null,
	outcome text not null,
	handed_to text not null,
	relation text not null,
	contact text not null,
	note text not null,
	user_id bigint,
	user_name text not null
);
create index terminations_person on terminations (person_id);
create index terminations_centre on terminations (centre_id, on_day);

create table contacts (
	id bigint primary key,
	version bigint not null,
	case_id bigint not null references cases (id),
	centre_id bigint not null,
	person_id bigint not null,
	month bigint not null,
	due_on text not null,
	state text not null,
	on_day text,
	reached boolean,
	method text not null,
	independence bigint,
	work text not null,
	income_band text not null,
	dtsen_decile bigint,
	note text not null,
	attempts bigint not null,
	user_id bigint,
	user_name text not null
);
create index contacts_person on contacts (person_id);
create index contacts_case on contacts (case_id, due_on);
create index contacts_open on contacts (centre_id, state, due_on);
create index contacts_figure on contacts (month, centre_id, due_on);

create table contact_attempts (
	id bigint primary key,
	contact_id bigint not null references contacts (id),
	centre_id bigint not null,
	on_day text not null,
	method text not null,
	note text not null,
	user_id bigint,
	user_name text not null
);
create index contact_attempts_contact on contact_attempts (contact_id, id);
