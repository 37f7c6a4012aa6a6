-- News: articles with every revision, the reviews, the people in them with their consent, the image in its sizes, and the
-- words by which they are found. What the public sees are views: they alone say which rows those are.
-- +goose Up
create table articles (
	id bigint primary key,
	version bigint not null,
	centre_id bigint not null, -- whose article it is; 0: the province's
	slug text not null unique, -- stays from the first publication on
	state text not null, -- draft, review, approved, published, withdrawn, expired
	revision bigint not null,
	title text not null,
	lead text not null,
	body text not null, -- Markdown
	topic text not null,
	related_id bigint, -- the institution it is about
	names_person boolean not null,
	shows_person boolean not null,
	author_id bigint,
	author_name text not null,
	made_at bigint not null,
	changed_at bigint not null,
	shown_at bigint not null, -- from when, milliseconds; 0: not decided
	first_at bigint not null, -- when it was shown first; 0: never
	ends_at bigint not null, -- until when; 9223372036854775807: without end
	reason text not null, -- why it was sent back or withdrawn
	corrected_at bigint not null,
	image_id bigint,
	image_alt text not null,
	image_caption text not null
);
create index articles_state on articles (state, id);
create index articles_centre on articles (centre_id, state, id);
create index articles_shown on articles (shown_at, id) where state = 'published';
create index articles_shown_topic on articles (topic, shown_at, id) where state = 'published';
create index articles_shown_related on articles (related_id, shown_at, id) where state = 'published';

create table article_revisions (
	id bigint primary key,
	article_id bigint not null references articles (id),
	centre_id bigint not null,
	n bigint not null,
	title text not null,
	lead text not null,
	body text not null,
	topic text not null,
	note text not null, -- of a correction: shown to everybody
	at bigint not null,
	user_id bigint,
	user_name text not null,
	unique (article_id, n)
);

create table article_steps ( -- what was done with it, by whom, and what the reviewer answered
	id bigint primary key,
	article_id bigint not null references articles (id),
	centre_id bigint not null,
	step text not null,
	note text not null,
	answers text not null, -- keys of the questions that were answered
	at bigint not null,
	user_id bigint,
	user_name text not null
);
create index article_steps_article on article_steps (article_id, id);

create table article_subjects ( -- a person who is named or shown, with the consent to it
	id bigint primary key,
	version bigint not null,
	article_id bigint not null references articles (id),
	centre_id bigint not null,
	called text not null, -- as the article calls them
	person_id bigint, -- of the registry; none: somebody from outside
	consent_id bigint, -- of the registry
	given_by text not null, -- self, parent, guardian
	relation text not null,
	evidence text not null,
	given_on text not null,
	until_on text not null,
	channels text not null, -- site, social, print
	photo boolean not null,
	code_hash text not null unique,
	withdrawn_at bigint,
	withdrawn_by text not null,
	user_name text not null
);
create index article_subjects_article on article_subjects (article_id, id);
create index article_subjects_until on article_subjects (until_on);
create index article_subjects_consent on article_subjects (consent_id);

create table article_images (
	id bigint primary key,
	article_id bigint not null references articles (id),
	centre_id bigint not null,
	image_id bigint not null, -- the same for all sizes of one picture
	width bigint not null, -- as asked for: 320, 640, 1280
	wide bigint not null,
	high bigint not null,
	bytes bytea not null,
	unique (image_id, width)
);
create index article_images_article on article_images (article_id);

create table article_words (
	id bigint primary key,
	article_id bigint not null references articles (id),
	centre_id bigint not null,
	word text not null,
	unique (word, article_id)
);
create index article_words_article on article_words (article_id);

-- Where an article may be written: an institution, or the province (0).
create view newsrooms as select c.id as id, c.id as centre_id from centres c union all select 0, 0;

-- What everybody may read. A consent that was withdrawn, here or in the registry, takes the article out of it at once; when an
-- article and a consent end are columns, for the statement knows what time it is.
create view news_list as select a.id, a.slug, a.title, a.lead, a.body, a.topic, a.centre_id, a.related_id, a.author_name, a.shown_at, a.first_at, a.ends_at,
	a.changed_at, a.corrected_at, a.image_id, a.image_alt, a.image_caption, a.names_person or a.shows_person as of_person,
	coalesce((select min(s.until_on) from article_subjects s where s.article_id = a.id), '9999-12-31') as consent_until
	from articles a
	where a.state = 'published'
	and not exists (select 1 from article_subjects s where s.article_id = a.id and s.withdrawn_at is not null)
	and not exists (select 1 from article_subjects s join consents c on c.id = s.consent_id where s.article_id = a.id and c.withdrawn_on is not null)
	and (not (a.names_person or a.shows_person) or exists (select 1 from article_subjects s where s.article_id = a.id));
create view news_images as select i.image_id as picture_id, i.width, i.wide, i.high, i.bytes, n.* from article_images i join news_list n on n.id = i.article_id and n.image_id = i.image_id;
create view news_words as select w.word, n.* from article_words w join news_list n on n.id = w.article_id;
create view news_notes as select r.n, r.note, r.at, n.* from article_revisions r join news_list n on n.id = r.article_id where r.note <> '';
-- What was once there and is not now: its address says so.
create view news_gone as select a.slug, a.first_at from articles a where a.first_at > 0;
-- When a consent of the registry that an article rests on was withdrawn: the day, and nothing of the person.
create view consent_ends as select c.id, c.withdrawn_on as ended_on from consents c where c.id in (select s.consent_id from article_subjects s where s.consent_id is not null);
