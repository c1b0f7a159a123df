-- +goose Up
-- Whether a person is registered in the national system (全国志愿服务信息系统)
-- through the federation is theirs to say (条例 art. 7: 可以). Without a yes
-- nothing of them leaves, which ADR 65 explains.
ALTER TABLE consent_texts
    DROP CONSTRAINT consent_texts_purpose_check,
    ADD CONSTRAINT consent_texts_purpose_check CHECK (purpose IN ('board_name', 'rank_neighbours', 'check_in_location', 'national_system'));

ALTER TABLE volunteers ADD COLUMN national_consent boolean NOT NULL DEFAULT false;
ALTER TABLE volunteers ADD CONSTRAINT volunteers_erased_national_check CHECK (state <> 'erased' OR NOT national_consent);

INSERT INTO consent_texts (purpose, version, zh, en, from_at, material) VALUES
('national_system', 1,
 '我同意由妇联替我在全国志愿服务信息系统登记，并报送五类记录：个人基本信息（姓名、性别、证件类型和号码、出生日期、手机号、所在区域、服务技能）、志愿服务情况、培训情况、表彰奖励情况、被投诉处理情况（不含投诉人）。接收的是民政部门，依据《志愿服务条例》第七条、第十九条和民政部令第67号；证件号码属于敏感个人信息，只用于登记和核对身份。同意之后，公示期满的记录陆续报送，更正也会跟着报。不同意，时长、星级、证明照样有，只是全国系统里查不到。收回之后不再报送新的；已经报送的由民政部门保存，要更正或者删除，可以请妇联转告，也可以自己向民政部门提出。',
 'I agree that the federation registers me in the national volunteer service system and sends it the five groups of records: basic information (name, sex, kind and number of the identity paper, date of birth, phone, area, skills), service, training, honours, and complaints that were decided (never who complained). The civil affairs authority receives them, under articles 7 and 19 of the Regulations on Volunteer Service and Order 67 of the Ministry of Civil Affairs; the number of an identity paper is sensitive and is used only to register me and to tell who I am. From then on records are sent when their days of publicity are over, and corrections follow. If I do not agree, I have hours, stars and certificates all the same; the national system just does not know them. If I take it back, nothing new is sent; what was sent is kept by civil affairs, and the federation passes on what I want corrected or deleted, or I ask them myself.',
 '2026-11-01 00:00:00+08', false);
