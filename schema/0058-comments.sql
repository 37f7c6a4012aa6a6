-- Comments of readers under articles: held until somebody of the office has read them.
-- +goose Up
create table comments (
	id bigint primary key,
	version bigint not null,
	article_id bigint not null references articles (id),
	centre_id bigint not null, -- whose article it is; 0: the province's
	state text not null, -- held, shown, refused, complaint, erased
	lane text not null, -- what the moderator looks for first: personal, harsh, link, plain
	name text not null, -- as the writer gave it
	body text not null, -- as it was sent
	shown_text text not null, -- as everybody reads it
	names text not null, -- words of it that somebody in the registry bears, one in each line
	reason text not null, -- why it was refused: a key
	note text not null, -- and in words
	answer text not null, -- of the office
	answer_by text not null, -- the office that answers
	answered_at bigint not null, -- milliseconds; 0: no answer
	received_at bigint not null,
	decided_at bigint not null,
	decided_by bigint,
	decided_name text not null,
	report_id bigint, -- the complaint it became
	code_hash text not null unique, -- of the code by which its writer finds it again
	same text not null, -- hash of its words, to find what was sent several times
	network text not null -- hash of the address under the key of the month, for thirty days; then ''
);
create index comments_state on comments (state, id);
create index comments_centre on comments (centre_id, state, id);
create index comments_shown on comments (article_id, id) where state = 'shown';
create index comments_same on comments (same, id);
create index comments_network on comments (network, id) where network <> '';

create table comment_keys ( -- a key for each month, under which an address becomes a hash
	month text primary key,
	secret text not null
);

-- What everybody may read.
create view comment_list as select c.id, c.article_id, c.name, c.shown_text, c.received_at, c.shown_text <> c.body as edited, c.answer, c.answer_by, c.answered_at
	from comments c where c.state = 'shown';
