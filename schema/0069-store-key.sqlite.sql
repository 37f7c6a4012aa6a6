-- A table with a key of several columns is kept in the order of its key here, number and all (see house/store/migrate.go).
-- +goose Up
select 1;
