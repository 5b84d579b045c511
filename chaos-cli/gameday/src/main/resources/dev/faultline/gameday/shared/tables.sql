CREATE TABLE version (version integer NOT NULL);
INSERT INTO version VALUES (1);

-- Who is there. A beat that does not rise any more is that of a dead one.
CREATE TABLE scheduler (
  id text PRIMARY KEY,
  host text NOT NULL,
  state text NOT NULL,
  mark text NOT NULL,
  watches boolean NOT NULL,
  since timestamptz NOT NULL DEFAULT now(),
  seen timestamptz NOT NULL DEFAULT now(),
  beat bigint NOT NULL DEFAULT 0,
  ahead_ms bigint NOT NULL DEFAULT 0,
  halted text
);

-- Moments are texts, as PostgreSQL would round their nanoseconds.
CREATE TABLE game_day (
  name text PRIMARY KEY,
  digest text,
  decided text,
  announced text
);

CREATE TABLE follower (
  scheduler text NOT NULL REFERENCES scheduler ON DELETE CASCADE,
  game_day text NOT NULL,
  digest text NOT NULL,
  PRIMARY KEY (scheduler, game_day)
);

CREATE TABLE firing (
  game_day text NOT NULL,
  planned text NOT NULL,
  scheduler text NOT NULL,
  begun_by text NOT NULL,
  host text NOT NULL,
  state text NOT NULL,
  mark text NOT NULL,
  begun text NOT NULL,
  closed timestamptz,
  exit integer,
  PRIMARY KEY (game_day, planned)
);

CREATE UNIQUE INDEX firing_on ON firing (game_day) WHERE closed IS NULL;

CREATE TABLE run (
  id text PRIMARY KEY,
  game_day text NOT NULL,
  planned text NOT NULL,
  place integer NOT NULL,
  ended timestamptz,
  exit integer,
  words text,
  FOREIGN KEY (game_day, planned) REFERENCES firing
);

CREATE INDEX run_of_firing ON run (game_day, planned);

CREATE TABLE dropped (
  game_day text NOT NULL,
  planned text NOT NULL,
  why text NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (game_day, planned)
);
