-- The word of a search names its article itself, so that the newest of a word are read off its index.
-- +goose Up
drop view news_words;
create view news_words as select w.word, w.article_id, n.* from article_words w join news_list n on n.id = w.article_id;

-- The desk's queue by state has an index of its own that no public statement can take: without figures of how many rows a
-- state has, a planner believes few are published and reads them all instead of going down the index by time.
drop index articles_state;
create index articles_desk on articles ((state || ''), id);
create index articles_ends on articles (ends_at) where state = 'published';
