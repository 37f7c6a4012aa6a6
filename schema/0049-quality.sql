-- Alerts: a figure that crosses its threshold makes a task with somebody who answers for it. Reports by e-mail on a fixed day.
-- Numbers of institutions alone: nobody's data stands here.
-- +goose Up
create table alert_rules (
	id bigint primary key,
	version bigint not null,
	indicator text not null, -- its key
	place text not null, -- province, each, one
	centre_id bigint not null, -- of one; 0
	condition text not null, -- above, below, worse, falls, rises
	value bigint not null, -- thousandths of the figure's unit; 0 for worse, which is held against the target
	against text not null, -- of falls and rises: month, year; ''
	owner_role text not null, -- '' where it is one user
	owner_id bigint not null, -- 0 where it is a role
	days bigint not null, -- working days to act
	severity text not null, -- high, medium, low
	state text not null, -- draft, active, stopped
	note text not null,
	made_on text not null,
	user_id bigint,
	user_name text not null
);

create table alert_tasks (
	id bigint primary key,
	version bigint not null,
	open_key text unique, -- rule and place while the task is open: there is one at a time
	rule_id bigint not null references alert_rules (id),
	rule_version bigint not null,
	indicator text not null,
	centre_id bigint not null, -- 0: the province
	condition text not null,
	value bigint not null, -- thousandths, as the figure stood when the task was made
	threshold bigint not null, -- thousandths: the limit, the target, or what it was before
	numerator bigint not null,
	denominator bigint, -- null: there is none
	from_on text not null,
	to_on text not null,
	severity text not null,
	owner_role text not null,
	owner_id bigint not null,
	opened_on text not null,
	due_on text not null,
	state text not null, -- open, seen, working, done, dismissed
	back_on text, -- the figure came back
	escalated_on text,
	closed_on text
);
create index alert_tasks_open on alert_tasks (id) where open_key is not null;
create index alert_tasks_rule on alert_tasks (rule_id, centre_id, id);

create table alert_steps ( -- what happened to a task
	id bigint primary key,
	task_id bigint not null references alert_tasks (id),
	kind text not null, -- opened, seen, working, done, dismissed, back, again, late
	note text not null,
	on_day text not null,
	user_name text not null
);
create index alert_steps_task on alert_steps (task_id, id);

create table report_orders ( -- who wants which figures when
	id bigint primary key,
	version bigint not null,
	user_id bigint not null,
	name text not null,
	indicators text not null, -- keys with commas between
	centre_id bigint not null, -- 0: all that the reader sees
	rhythm text not null, -- weekly, monthly
	day bigint not null, -- 1 is Monday, or the day of the month, 1 to 28
	hour bigint not null, -- in the office's time
	state text not null, -- active, stopped
	site text not null, -- the address of the server as the user reaches it
	next_at bigint not null, -- when the next one is due
	made_on text not null
);
create index report_orders_user on report_orders (user_id, id);
create index report_orders_due on report_orders (next_at, id) where state = 'active';

create table report_copies ( -- what was sent
	id bigint primary key,
	order_id bigint not null references report_orders (id),
	user_id bigint not null,
	due_at bigint not null,
	made_at bigint not null,
	email text not null, -- '': there was no address, the copy is read on the page
	subject text not null,
	body text not null,
	unique (order_id, due_at)
);
create index report_copies_user on report_copies (user_id, id);

-- Who lives in now, whoever lived in before.
create index stays_open on stays (id, centre_id, case_id) where state = 'open';
create index stays_living on stays (centre_id, entered_on, case_id, sex, age, region, state) where state = 'open';
