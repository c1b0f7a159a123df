package app

// Notify lets a test tell somebody something as a use case does.
var Notify = (*App).notify

// ToAll is toAll.
var ToAll = toAll
