-- +goose Up
-- What an institution says of itself to visitors: by decision everybody may read it.
create table centre_profiles (
	centre_id bigint primary key references centres (id),
	version bigint not null,
	about text not null,
	address text not null,
	phone text not null,
	visiting text not null, -- hours of visits
	route text not null, -- how to come
	cost text not null, -- what is asked for; '' says nothing
	changed_on text not null,
	user_name text not null
);
