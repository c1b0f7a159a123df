// Package stories holds the stories: what people do with Qihe, told to a real
// browser against all of Qihe running in one process. The stories themselves
// are the .mjs files; the tests start the city and tell them. What a story saw
// lies as pictures in artefacts/pictures, for a person to read.
package stories
