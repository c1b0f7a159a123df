package store

import "github.com/qihe-volunteers/qihe/shared/reseal"

// Sealed are all columns that hold what the vault seals. One that is forgotten here is
// found when an old key is to be dropped, which is refused then.
var Sealed = []reseal.Column{
	{Table: "certificate_issuers", Column: "sealed", Row: "id"},
	{Table: "certificate_requests", Column: "sealed_note", Row: "id"},
	{Table: "certificate_faces", Column: "sealed", Row: "certificate_id"},
	{Table: "history_drafts", Column: "sealed_rows", Row: "import_id", Few: true},
	{Table: "history_drafts", Column: "sealed_file", Row: "import_id", Few: true},
	{Table: "history_pages", Column: "sealed", Row: "id", Few: true},
	{Table: "national_rows", Column: "reason", Row: "subject_id"},
}
