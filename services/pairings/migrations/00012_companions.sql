-- +goose Up

-- 《代理家长行为守则》, as it was in force when: texts are added, never changed.
CREATE TABLE conduct_codes (
    version  int         NOT NULL,
    in_force timestamptz NOT NULL,
    zh       text[]      NOT NULL, -- its sentences
    en       text[]      NOT NULL,
    CONSTRAINT conduct_codes_pkey PRIMARY KEY (version),
    CONSTRAINT conduct_codes_languages_check CHECK (cardinality(zh) = cardinality(en) AND cardinality(zh) > 0)
);
INSERT INTO conduct_codes (version, in_force, zh, en) VALUES (1, '2026-01-01T00:00:00+08:00', ARRAY[
    '我是陪伴孩子的人，不是监护人，也不是父母委托的照护人。',
    '不留孩子过夜，也不在孩子家过夜。',
    '不单独开车带孩子。要出门，有孩子的家人或者另一位志愿者一起。',
    '不给孩子和家里钱，不借钱，不收钱和礼。需要帮助，告诉督导人。',
    '不把孩子的照片、姓名、住址、家里的事发到朋友圈、抖音或任何群里。',
    '不打骂、不恐吓、不羞辱孩子；身体接触要得当，见面在看得见的地方。',
    '尊重孩子的意愿：孩子不愿意，就不勉强，也不追问。',
    '发现孩子受到伤害或者有危险，马上报告，不自己查，不拖。',
    '孩子的事只对督导人说。结对结束以后，也一样保密。'
], ARRAY[
    'I keep the child company. I am neither the guardian nor the carer whom the parents have entrusted.',
    'No child stays overnight with me, and I do not stay overnight at the child''s home.',
    'I drive no child alone. When we go out, family or another volunteer comes along.',
    'I give, lend and take no money and no presents. Where help is needed I tell the supervisor.',
    'I put no pictures, names, addresses or family matters of the child into 朋友圈, 抖音 or any group.',
    'I do not hit, scold, frighten or shame a child; touch is proper, and we meet where others can see us.',
    'I respect what the child wants: I do not press, and I do not question.',
    'When a child is harmed or in danger I report it at once; I do not investigate, and I do not wait.',
    'I speak of the child with the supervisor only, also when the pairing has ended.'
]);

-- Volunteers who want to be companion parents (代理家长), a row for each application.
CREATE TABLE companions (
    id               uuid        NOT NULL,
    volunteer_id     uuid        NOT NULL,
    region_code      text        NOT NULL, -- where they want to help
    region_path      text        NOT NULL,
    state            text        NOT NULL, -- see domain.CompanionState
    state_since      timestamptz NOT NULL,
    reason           text,                 -- a word of domain's for why it was refused, suspended or left
    applied_at       timestamptz NOT NULL,
    sealed           bytea       NOT NULL, -- domain.CompanionAbout under the companion's own key
    offence_asked_by uuid,                 -- who asked the police for 违法犯罪记录查询
    offence_asked_at timestamptz,
    approved_by      uuid,
    approved_at      timestamptz,
    due_at           timestamptz,          -- when the clock has to look at it; NULL: never
    version          bigint      NOT NULL, -- goes on from one application of a volunteer to the next
    CONSTRAINT companions_pkey PRIMARY KEY (id),
    CONSTRAINT companions_id_fkey FOREIGN KEY (id) REFERENCES data_keys,
    CONSTRAINT companions_state_check CHECK (state IN ('applied', 'approved', 'suspended', 'refused', 'left')),
    CONSTRAINT companions_reason_check CHECK ((reason IS NULL) = (state IN ('applied', 'approved'))),
    CONSTRAINT companions_approved_check CHECK ((approved_by IS NULL) = (approved_at IS NULL) AND (state NOT IN ('approved', 'suspended') OR approved_by IS NOT NULL)),
    CONSTRAINT companions_offence_check CHECK ((offence_asked_by IS NULL) = (offence_asked_at IS NULL))
);
CREATE UNIQUE INDEX companions_open_key ON companions (volunteer_id) WHERE state IN ('applied', 'approved', 'suspended');
CREATE INDEX companions_region_idx ON companions (region_path text_pattern_ops, state);
CREATE INDEX companions_due_idx ON companions (due_at) WHERE due_at IS NOT NULL;

-- What a companion parent has shown: appended, never changed. Trainings are in known_trainings.
CREATE TABLE companion_evidence (
    id           uuid        NOT NULL,
    companion_id uuid        NOT NULL,
    kind         text        NOT NULL, -- identity | offence | conduct | interview
    by_id        uuid        NOT NULL, -- who recorded or signed it
    passed       boolean     NOT NULL,
    held_on      date        NOT NULL, -- the day of the check, the interview, the signature
    good_until   timestamptz NOT NULL,
    code_version int,                  -- of what was signed
    sealed       bytea,                -- domain.EvidenceNote under the companion's own key
    recorded_at  timestamptz NOT NULL,
    n            bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
    CONSTRAINT companion_evidence_pkey PRIMARY KEY (id),
    CONSTRAINT companion_evidence_companion_fkey FOREIGN KEY (companion_id) REFERENCES companions,
    CONSTRAINT companion_evidence_code_fkey FOREIGN KEY (code_version) REFERENCES conduct_codes,
    CONSTRAINT companion_evidence_kind_check CHECK (kind IN ('identity', 'offence', 'conduct', 'interview')),
    CONSTRAINT companion_evidence_sealed_check CHECK ((sealed IS NOT NULL) = (kind IN ('offence', 'interview'))),
    CONSTRAINT companion_evidence_conduct_check CHECK ((code_version IS NOT NULL) = (kind = 'conduct')),
    CONSTRAINT companion_evidence_future_check CHECK (held_on <= (recorded_at AT TIME ZONE 'Asia/Shanghai')::date),
    CONSTRAINT companion_evidence_year_check CHECK (
        kind NOT IN ('offence', 'conduct') OR good_until <= ((held_on + interval '12 months' + interval '1 day')::timestamp AT TIME ZONE 'Asia/Shanghai'))
);
CREATE INDEX companion_evidence_companion_idx ON companion_evidence (companion_id, kind, n);

-- Which reminders were given, so that each is given once.
CREATE TABLE companion_reminders (
    companion_id uuid        NOT NULL,
    kind         text        NOT NULL,
    good_until   timestamptz NOT NULL,
    days         int         NOT NULL,
    told_at      timestamptz NOT NULL,
    CONSTRAINT companion_reminders_pkey PRIMARY KEY (companion_id, kind, good_until, days),
    CONSTRAINT companion_reminders_companion_fkey FOREIGN KEY (companion_id) REFERENCES companions
);

GRANT SELECT ON conduct_codes TO pairings;
GRANT SELECT, INSERT, UPDATE (state, state_since, reason, offence_asked_by, offence_asked_at, approved_by, approved_at, due_at, version) ON companions TO pairings;
GRANT SELECT, INSERT ON companion_evidence, companion_reminders TO pairings;
