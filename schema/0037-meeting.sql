-- Coordination meetings: who is called, what is on the agenda, what was said and decided, and the minutes that are frozen.
-- Times of day are text, 09:00, of the office's zone.
-- +goose Up
create table meetings (
	id bigint primary key,
	version bigint not null,
	name text not null,
	on_day text not null,
	from_time text not null,
	to_time text not null,
	place text not null,
	link text not null,
	chair text not null,
	note_taker text not null,
	about text not null,
	state text not null, -- called, approved, cancelled
	sequence bigint not null, -- of its invitation: raised with each change of what the invited plan by
	cancelled_why text not null,
	minutes text not null, -- the frozen text; '' until it is approved
	sha256 text not null, -- of the frozen text
	approved_at bigint not null,
	approved_by text not null,
	site text not null, -- the address for links in letters
	made_on text not null,
	user_id bigint,
	user_name text not null
);
create index meetings_day on meetings (on_day, id);
create index meetings_state on meetings (state, on_day, id);

-- Who is called, who came, and who came instead of whom. An agency, an institution, or somebody else by name.
create table meeting_invitees (
	id bigint primary key,
	meeting_id bigint not null references meetings (id),
	agency_id bigint,
	centre_id bigint,
	name text not null, -- of the organisation
	email text not null, -- where its invitation goes; '' is on paper
	invited boolean not null, -- false: came without a call
	present boolean not null,
	person text not null, -- who came
	post text not null, -- of the one who came
	instead_of text not null -- whom she stood for
);
create index meeting_invitees_of on meeting_invitees (meeting_id, id);
create index meeting_invitees_agency on meeting_invitees (agency_id, meeting_id);

-- The agenda: what proposed itself, what was added, and what is taken up again from earlier meetings.
create table meeting_items (
	id bigint primary key,
	version bigint not null,
	meeting_id bigint not null references meetings (id),
	place bigint not null, -- its order on the agenda
	source text not null, -- own, carried, overdue, postponed, stalled, referral, unmet, assessment, imperative
	source_ref text not null, -- what it comes from: never twice on one agenda
	title text not null,
	reason text not null, -- why it proposed itself, in words
	number bigint not null, -- the number behind the reason
	path text not null, -- where what is behind it is seen
	action_id bigint, -- the action that it takes up again
	state text not null, -- proposed, accepted, dropped
	notes text not null, -- the live minutes of it
	user_name text not null
);
create index meeting_items_of on meeting_items (meeting_id, place, id);
create unique index meeting_items_source on meeting_items (meeting_id, source_ref) where source_ref <> '';
create index meeting_items_action on meeting_items (action_id, id);

-- What was added to approved minutes afterwards; nothing of it changes them.
create table meeting_addenda (
	id bigint primary key,
	meeting_id bigint not null references meetings (id),
	at bigint not null,
	text text not null,
	sha256 text not null,
	user_name text not null
);
create index meeting_addenda_of on meeting_addenda (meeting_id, id);

create index actions_owner_centre on actions (owner_centre, live, due_on, id);
