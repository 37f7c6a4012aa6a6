-- How many restricted persons stand behind a figure is a figure too, kept with the write. This change knows no measures: it
-- leaves word, and the program counts once for those that are restricted by now.
-- +goose Up
insert into leases (name, holder, until) select 'hidden-figures', '', 0 where exists (select 1 from persons where restricted);
