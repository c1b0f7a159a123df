package roster

import "github.com/qihe-volunteers/qihe/shared/spreadsheet"

// Mark returns the uploader's own file with what was found in it: cells that
// must be put right are red, those with a note are yellow, and a column 问题
// behind the last one says why. Out of a CSV an xlsx is made.
func (r *Roster) Mark(data []byte) ([]byte, error) {
	headers := make([]spreadsheet.Header, len(r.tables))
	for i, t := range r.tables {
		headers[i] = spreadsheet.Header{Sheet: t.sheet, Place: t.header}
	}
	remarks := make([]spreadsheet.Remark, len(r.Rows))
	for i, row := range r.Rows {
		remarks[i] = row.remark()
	}
	return r.Book.Marked(data, headers, remarks)
}

func (r *Row) remark() spreadsheet.Remark {
	remark := spreadsheet.Remark{Sheet: r.Sheet, Line: r.Line, Wrong: !r.Usable()}
	for _, f := range r.Findings {
		remark.Texts = append(remark.Texts, f.Kind.Sentence("zh")+f.Detail)
		switch {
		case f.Column < 0:
		case f.Kind.Note():
			remark.Yellow = append(remark.Yellow, f.Column)
		default:
			remark.Red = append(remark.Red, f.Column)
		}
	}
	return remark
}
