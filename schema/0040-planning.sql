-- Plans, which choose among actions under a ceiling.
-- +goose Up
-- A plan: a ceiling, and what was chosen under it with the proof of how good it is.
create table action_plans (
	id bigint primary key,
	version bigint not null,
	name text not null,
	centre_id bigint, -- none: the whole province
	year bigint not null,
	ceiling bigint not null, -- rupiah
	state text not null, -- draft, adopted
	gain bigint not null, -- thousandths of weighted gap that the choice closes
	most bigint not null, -- thousandths that no choice can pass
	cost bigint not null,
	worked_at bigint not null,
	adopted_on text,
	user_id bigint,
	user_name text not null
);
create index action_plans_year on action_plans (year, id);
create index action_plans_centre on action_plans (centre_id, id);

create table action_choices (
	plan_id bigint not null references action_plans (id),
	action_id bigint not null references actions (id),
	centre_id bigint,
	lock text not null, -- '', in, out
	chosen boolean not null,
	cost bigint not null,
	gain bigint not null,
	primary key (plan_id, action_id)
);
create index action_choices_action on action_choices (action_id);

-- The needs that a plan pays for, as they stood when it was worked out: what it costs is their sum.
create table action_plan_lines (
	id bigint primary key,
	plan_id bigint not null references action_plans (id),
	action_id bigint not null,
	need_id bigint not null,
	centre_id bigint not null,
	criterion text not null,
	kind text not null,
	name text not null,
	unit text not null,
	quantity bigint not null,
	unit_price bigint not null,
	cost bigint not null,
	fund text not null,
	fund_note text not null,
	year bigint not null,
	priority bigint not null,
	state text not null
);
create index action_plan_lines_plan on action_plan_lines (plan_id, centre_id, id);
