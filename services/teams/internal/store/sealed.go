package store

import (
	"github.com/qihe-volunteers/qihe/shared/reseal"
	"github.com/qihe-volunteers/qihe/shared/vault"
)

// Sealed are all columns that hold what the vault seals. One that is forgotten here is
// found when an old key is to be dropped, which is refused then.
var Sealed = []reseal.Column{
	{Table: "volunteers", Column: "phone_sealed", Row: "id"},
	{Table: "volunteers", Column: "id_sealed", Row: "id"},
	// What an import is going to make of people: sealed for the row it will be.
	{Table: "import_volunteers", Column: "phone_sealed", Row: "id", At: vault.Place{Table: "volunteers", Column: "phone_sealed"}},
	{Table: "import_volunteers", Column: "id_sealed", Row: "id", At: vault.Place{Table: "volunteers", Column: "id_sealed"}},
	{Table: "imports", Column: "file_sealed", Row: "id", Few: true},
	{Table: "passkeys", Column: "sealed", Row: "id"},
	{Table: "totp_secrets", Column: "sealed", Row: "volunteer_id"},
	{Table: "volunteer_cards", Column: "token_sealed", Row: "id"},
	{Table: "phone_changes", Column: "before", Row: "id"},
	{Table: "guardian_consents", Column: "guardian_name", Row: "id"},
	{Table: "guardian_consents", Column: "guardian_phone", Row: "id"},
	{Table: "qualifications", Column: "number_sealed", Row: "id"},
}
