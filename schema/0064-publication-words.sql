-- The word of a search names its article itself, so that the newest of a word are read off its index.
-- +goose Up
drop view news_words;
create view news_words as select w.word, w.article_id, n.* from article_words w join news_list n on n.id = w.article_id;
