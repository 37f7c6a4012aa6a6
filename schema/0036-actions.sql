-- Actions: who does what until when, for which gaps and needs.
-- +goose Up
create table actions (
	id bigint primary key,
	version bigint not null,
	centre_id bigint, -- the institution that it serves; none: the whole province
	title text not null,
	detail text not null,
	agency_id bigint, -- the agency that does it; none: the office itself
	owner_centre bigint, -- the institution that does it
	owner_name text not null, -- one person
	owner_user bigint,
	start_on text not null,
	due_on text not null,
	measure text not null, -- how one sees that it is done
	indicator text not null, -- key of the figure that it should move; ''
	state text not null, -- planned, running, done, stopped, replaced
	live boolean not null, -- planned or running
	result text not null,
	done_on text,
	postponed bigint not null, -- how often
	decided bigint, -- the item of a meeting that decided it
	former_id bigint, -- the action that it replaces
	made_on text not null,
	user_id bigint,
	user_name text not null
);
create index actions_centre on actions (centre_id, live, due_on, id);
create index actions_agency on actions (agency_id, live, due_on, id);
create index actions_due on actions (live, due_on, id);
create index actions_owner on actions (owner_user, live, due_on, id);
create index actions_decided on actions (decided, id);
create index actions_former on actions (former_id);

-- The gaps that an action closes: actions may overlap in them.
create table action_gaps (
	id bigint primary key,
	action_id bigint not null references actions (id),
	centre_id bigint not null,
	standard_key text not null,
	criterion text not null,
	unique (action_id, centre_id, criterion)
);
create index action_gaps_centre on action_gaps (centre_id, criterion, action_id);

-- Milestones, evidence and every move of an action.
create table action_steps (
	id bigint primary key,
	action_id bigint not null references actions (id),
	centre_id bigint,
	kind text not null, -- milestone, progress, postponed, started, done, stopped, reassigned, escalated
	due_on text,
	done_on text,
	note text not null,
	via text not null, -- staff, agency
	at bigint not null,
	user_name text not null
);
create index action_steps_action on action_steps (action_id, id);

create table action_files (
	id bigint primary key,
	action_id bigint not null references actions (id),
	centre_id bigint,
	step_id bigint,
	title text not null,
	label text not null,
	type text not null,
	size bigint not null,
	sha256 text not null,
	bytes bytea not null,
	added_on text not null,
	user_name text not null
);
create index action_files_action on action_files (action_id, id);
