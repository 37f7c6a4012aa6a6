-- How many of each kind of staff an institution plans, trainings, and who takes part in them.
-- +goose Up
create table staffing_plans (
	id bigint primary key,
	version bigint not null,
	centre_id bigint not null references centres (id),
	pekerja_sosial bigint, -- posts wanted; none: not planned
	tks bigint,
	relawan bigint,
	penyuluh bigint,
	most_cases bigint, -- open cases that one Pekerja Sosial may carry; none: no limit was set
	note text not null,
	set_on text not null,
	user_name text not null
);
create unique index staffing_plans_centre on staffing_plans (centre_id);

create table trainings (
	id bigint primary key,
	version bigint not null,
	name text not null,
	subject text not null, -- the competence
	provider text not null, -- '': the training unit of the office
	kind text not null, -- of staff; '': everybody
	criterion text not null, -- of Permensos 16/2019, that it should move; ''
	place text not null,
	from_on text not null,
	to_on text not null,
	places bigint not null,
	taken bigint not null, -- places that somebody holds
	waiting bigint not null, -- who wait for a place
	certificate text not null, -- what it gives; '': none
	months bigint, -- for how long; none: without end
	cost bigint, -- rupiah, of the whole training
	note text not null,
	state text not null, -- planned, open, held, closed, cancelled
	why text not null, -- it was cancelled
	made_on text not null,
	closed_on text,
	user_name text not null,
	check (taken >= 0 and taken <= places and waiting >= 0)
);
create index trainings_state on trainings (state, id);

create table training_members (
	id bigint primary key,
	version bigint not null,
	training_id bigint not null references trainings (id),
	staff_id bigint not null references staff (id),
	centre_id bigint not null references centres (id),
	state text not null, -- proposed, waiting, accepted, refused, withdrawn, absent, attended, passed
	certificate_no text not null,
	certificate_until text,
	reason text not null,
	proposed_on text not null,
	proposed_by text not null,
	user_id bigint, -- who proposed
	decided_on text,
	decided_by text not null,
	unique (training_id, staff_id)
);
create index training_members_centre on training_members (centre_id, id);
create index training_members_training on training_members (training_id, centre_id, id);

create index staff_certificate on staff (certificate_until, id);
create index standard_answers_criterion on standard_answers (criterion, centre_id, answered_on);
