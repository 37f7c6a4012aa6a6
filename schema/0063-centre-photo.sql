-- A photo of an institution in its sizes: by decision everybody may see it. Whoever sends it ticks that it shows no resident.
-- +goose Up
alter table centre_profiles add column photo_id bigint; -- the same for all sizes of one photo; none: no photo
alter table centre_profiles add column photo_alt text not null default ''; -- what is to be seen
create table centre_photos (
	id bigint primary key,
	centre_id bigint not null references centres (id),
	photo_id bigint not null,
	width bigint not null, -- as asked for: 320, 640, 1280
	wide bigint not null,
	high bigint not null,
	bytes bytea not null,
	unique (photo_id, width)
);
create index centre_photos_centre on centre_photos (centre_id);
