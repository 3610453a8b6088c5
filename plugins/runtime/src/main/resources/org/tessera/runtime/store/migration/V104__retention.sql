-- Studies whose objects were removed when their time was over, and how many they were.
create table removed_study (
  study_uid varchar(64) primary key,
  objects integer not null,
  removed timestamp(6) with time zone not null
);

-- Files without a row that are still to be removed.
create table removed_blob (
  sha256 varchar(64) primary key
);
