-- The cascade of performance: the office's own tree of goals, targets, programmes and indicators, the steps within a year, what
-- was written about each, and performance agreements. Values and targets of indicators stand where figures are kept. Numbers
-- alone: nobody's data stands here.
-- +goose Up
create table performance_trees (
	id bigint primary key,
	version bigint not null,
	name text not null,
	from_year bigint not null,
	to_year bigint not null,
	state text not null, -- draft, live
	valid_from text, -- the tree of a day is the live one with the latest beginning before it
	cap_percent bigint not null,
	down text not null, -- mirror, inverse
	example boolean not null, -- invented: nobody resolved it
	basis text not null,
	made_on text not null,
	user_name text not null
);
create unique index performance_trees_live on performance_trees (valid_from) where state = 'live';

create table performance_nodes (
	id bigint primary key,
	version bigint not null,
	tree_id bigint not null references performance_trees (id),
	parent_id bigint references performance_nodes (id), -- none: the top
	origin_id bigint not null, -- the node of the first tree that this one was copied from, or itself
	position bigint not null,
	kind text not null, -- goal, target, programme, activity, indicator
	level text not null, -- centre, office, province
	name text not null,
	name_en text not null,
	owner text not null,
	indicator text not null, -- key of a figure; ''
	weight bigint not null -- among those with the same parent, in hundredths of a percent
);
create index performance_nodes_tree on performance_nodes (tree_id, position);

create table performance_steps ( -- what a figure should be at the end of a quarter
	id bigint primary key,
	indicator text not null,
	year bigint not null,
	quarter bigint not null, -- 1, 2, 3
	value bigint not null, -- thousandths of the figure's unit
	user_name text not null,
	unique (indicator, year, quarter)
);

create table performance_analyses ( -- why a target was reached or not, for the LKjIP
	id bigint primary key,
	version bigint not null,
	origin_id bigint not null, -- the node, through all its trees
	year bigint not null,
	centre_id bigint not null, -- 0: the office
	why text not null,
	done text not null,
	obstacles text not null,
	next text not null,
	benchmark bigint, -- what a standard outside says, thousandths of the figure's unit
	benchmark_source text not null,
	budget bigint, -- rupiah
	spent bigint,
	written_on text not null,
	user_name text not null,
	unique (year, centre_id, origin_id)
);

create table performance_agreements (
	id bigint primary key,
	version bigint not null,
	centre_id bigint not null, -- 0: the office
	year bigint not null,
	edition bigint not null, -- 1, and one more each time it is changed
	state text not null, -- draft, offered, signed
	first_name text not null,
	first_post text not null,
	second_name text not null,
	second_post text not null,
	note text not null,
	tree_id bigint not null references performance_trees (id),
	rules text not null, -- the version of the rules when it was offered; ''
	sha256 text not null, -- of what was signed; ''
	offered_on text,
	offered_by text not null,
	signed_on text,
	signed_by text not null,
	made_on text not null,
	user_name text not null,
	unique (year, centre_id, edition)
);

create table performance_lines ( -- what was signed
	id bigint primary key,
	agreement_id bigint not null references performance_agreements (id),
	position bigint not null,
	origin_id bigint not null,
	under text not null, -- the target of the tree above it
	indicator text not null,
	name text not null,
	name_en text not null,
	unit text not null,
	value bigint, -- thousandths; none: there was no target
	budget bigint
);
create index performance_lines_agreement on performance_lines (agreement_id, position);

create index actions_indicator on actions (indicator, start_on, id);

-- For what became of those who left in a year.
