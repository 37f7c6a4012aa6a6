-- Figures of the office's own, targets, and months that were closed with what was reported then. Numbers alone: nobody's
-- data stands here.
-- +goose Up
create table own_indicators (
	id bigint primary key,
	version bigint not null,
	key text not null unique,
	name text not null,
	name_en text not null,
	unit text not null, -- persons, percent, per_1000, per_100k, ratio
	direction text not null, -- up, down, none
	source text not null,
	owner text not null,
	legal text not null,
	state text not null, -- draft, live, retired
	moved_on text not null,
	user_name text not null
);

-- How a figure is reckoned from a day on, until the next rule: so no day is without one, and none has two.
create table own_rules (
	id bigint primary key,
	indicator_id bigint not null references own_indicators (id),
	valid_from text not null,
	numerator text not null,
	denominator text not null, -- '': there is none
	made_on text not null,
	user_name text not null,
	unique (indicator_id, valid_from)
);

create table indicator_targets (
	id bigint primary key,
	version bigint not null,
	indicator text not null, -- its key
	centre_id bigint not null, -- 0: the province
	year bigint not null,
	value bigint not null, -- thousandths of the figure's unit
	note text not null,
	set_on text not null,
	user_name text not null,
	unique (indicator, year, centre_id)
);

create table closed_months (
	id bigint primary key,
	centre_id bigint not null,
	month text not null, -- 2026-11
	closed_on text not null,
	user_name text not null,
	unique (centre_id, month)
);
create index closed_months_month on closed_months (month, centre_id);

create table reported_figures (
	indicator text not null,
	month text not null,
	centre_id bigint not null,
	numerator bigint not null,
	denominator bigint, -- null: there is none
	rule text not null, -- the version of the rules by which it was reckoned
	primary key (indicator, month, centre_id)
);
create index reported_figures_centre on reported_figures (centre_id, month);

-- What a figure and an institution are called in a DHIS2 that takes our figures.
create table dhis2_names (
	id bigint primary key,
	kind text not null, -- figure, centre
	ours text not null, -- occupancy/numerator, or the code of the institution
	theirs text not null, -- eleven letters and digits
	combo text not null, -- category option combination; '' is the default of the receiver
	user_name text not null,
	unique (kind, ours)
);
