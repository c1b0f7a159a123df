package domain

import "github.com/qihe-volunteers/qihe/shared/person"

// Person is all records of one human being. Two-person rules compare persons.
type Person = person.Person

// NewPerson returns the person with these records.
func NewPerson(volunteerIDs ...string) Person { return person.New(volunteerIDs...) }
