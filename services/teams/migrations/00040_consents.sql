-- +goose Up
-- What a volunteer agrees to, each purpose by itself (PIPL art. 14–16, 条例 art. 20).
-- A consent is good for the words that were shown; so the words are kept with a
-- number, and never changed.
CREATE TABLE consent_texts (
    purpose  text        NOT NULL,
    version  int         NOT NULL,
    zh       text        NOT NULL,
    en       text        NOT NULL,
    from_at  timestamptz NOT NULL, -- shown and good from then on
    material boolean     NOT NULL, -- says something new: what was agreed to before counts no longer
    CONSTRAINT consent_texts_pkey PRIMARY KEY (purpose, version),
    CONSTRAINT consent_texts_purpose_check CHECK (purpose IN ('board_name', 'rank_neighbours', 'check_in_location')),
    CONSTRAINT consent_texts_version_check CHECK (version >= 1)
);

-- Every yes and every no, in their order; the last one of a purpose counts.
CREATE TABLE consents (
    id           uuid        NOT NULL,
    volunteer_id uuid        NOT NULL,
    purpose      text        NOT NULL,
    text_version int         NOT NULL,
    given        boolean     NOT NULL, -- false: withdrawn
    said_at      timestamptz NOT NULL,
    said_by      text        NOT NULL, -- self | guardian | taken_over
    recorded_by  uuid,                 -- who wrote it down; NULL: Qihe. No foreign key, as in the audit
    CONSTRAINT consents_pkey PRIMARY KEY (id),
    CONSTRAINT consents_volunteer_id_fkey FOREIGN KEY (volunteer_id) REFERENCES volunteers (id),
    CONSTRAINT consents_text_fkey FOREIGN KEY (purpose, text_version) REFERENCES consent_texts (purpose, version),
    CONSTRAINT consents_said_by_check CHECK (said_by IN ('self', 'guardian', 'taken_over'))
);
CREATE INDEX consents_volunteer_id_idx ON consents (volunteer_id, purpose, said_at, id);

-- What counts now, where lists and boards read it.
ALTER TABLE volunteers
    ADD COLUMN rank_consent     boolean NOT NULL DEFAULT false,
    ADD COLUMN location_consent boolean NOT NULL DEFAULT false;

INSERT INTO consent_texts (purpose, version, zh, en, from_at, material) VALUES
('board_name', 1,
 '光荣榜上显示我的姓名。关闭时，姓名显示为“王**”。',
 'Show my name on boards. When off, the name reads 王**.',
 '2026-01-01 00:00:00+08', false),
('board_name', 2,
 '我同意在光荣榜上用我的真实姓名公布我的志愿服务时长，在淇河里和大屏上，凡能看榜的人都能看到。不同意或者收回，时长照常计算，姓名显示为“王**”，几秒钟内生效。已经打印、截图流传出去的，收不回来。',
 'I agree that boards show how many hours I gave under my real name, in Qihe and on the wall screen, to everybody who can see a board. If I do not agree or take it back, my hours count all the same and the name reads 王**, within seconds. What was printed or copied before cannot be called back.',
 '2026-11-01 00:00:00+08', false),
('rank_neighbours', 1,
 '我同意在“我的排名”里看到自己的名次，和名次相邻、也同意了的几位志愿者互相看到对方的名次和时长。姓名是否显示，由“光荣榜”那一项决定。不同意或者收回，别人就看不到我是相邻的一位，我也看不到名次。',
 'I agree to see my own rank, and that the volunteers next to me who also agreed and I see each other’s rank and hours. Whether my name is shown is decided by the consent for boards. If I do not agree or take it back, nobody sees me as a neighbour and I see no rank.',
 '2026-11-01 00:00:00+08', false),
('check_in_location', 1,
 '我同意签到、签退的那一刻，由手机提供一次大概位置（精确到约一公里），只用来帮队长核对是不是在现场。不连续定位，活动结算后就删除。不同意或者收回，照样可以签到，时长一样算。',
 'I agree that, at the moment of checking in or out, the phone tells once roughly where it is (to about a kilometre), only to help the leader see whether it was on site. I am not followed, and it is deleted when the activity is settled. If I do not agree or take it back, I can check in and my hours count all the same.',
 '2026-11-01 00:00:00+08', false);

-- Those who had said yes before texts had numbers: they had read the sentence of version 1.
INSERT INTO consents (id, volunteer_id, purpose, text_version, given, said_at, said_by)
SELECT gen_random_uuid(), id, 'board_name', 1, true, now(), 'taken_over'
FROM volunteers
WHERE board_consent;

GRANT SELECT ON consent_texts TO teams;
GRANT SELECT, INSERT ON consents TO teams;
