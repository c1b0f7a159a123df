// Generated from services/pairings/openapi.yaml by "npm run generate". Do not edit.

export interface paths {
    "/children": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The children of my regions, newest first; nothing says who they are */
        get: operations["listChildren"];
        put?: never;
        /**
         * Refer a child
         * @description For child-care officers, coordinators and administrators of the region. Who the child is is sealed and not shown again without grounds.
         */
        post: operations["referChild"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/children/{child_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a child's record; it is written down that one did
         * @description With a second factor, for the officer who has the case, for a purpose that another approved, or in an emergency. 503 when it cannot be written down.
         */
        get: operations["openChild"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/children/{child_id}/case": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Take a case that nobody has
         * @description For child-care officers of the region, with a second factor. case_held when somebody has it.
         */
        put: operations["takeChild"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/children/{child_id}/officers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** To whom the case can be handed over */
        get: operations["listCareOfficers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/children/{child_id}/officer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Hand the case over
         * @description For who has it and for administrators of the region, with a second factor; to another child-care officer there.
         */
        put: operations["handOver"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/children/{child_id}/openings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who opened the record, on what grounds */
        get: operations["listOpenings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/children/{child_id}/emergencies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Open one record for an hour
         * @description For child-care officers of the region, with a second factor. Two others are told at once.
         */
        post: operations["openInEmergency"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/children/{child_id}/details": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Who answers for the child, where it learns, what it needs
         * @description For the officer who has the case, with a second factor, as all that follows here.
         */
        put: operations["setChildDetails"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/children/{child_id}/wish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** What the child itself said */
        put: operations["recordWish"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/children/{child_id}/hold": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Keep the record longer than its time, with a reason, or let go */
        put: operations["holdChild"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/children/{child_id}/consents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Record a numbered paper form
         * @description It counts once the picture of the signature is there.
         */
        post: operations["recordConsent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/children/{child_id}/consent-withdrawal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** The guardian took her consent back, on paper or by telephone */
        put: operations["withdrawConsent"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/children/{child_id}/consent-link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A link for the guardian; its key is shown this once */
        post: operations["makeConsentLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/consent-signatures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The picture of the signature on a paper form
         * @description The body is the file: JPEG or PNG, at most 4 MB, encoded anew without what its camera wrote, and sealed. Sent again it takes the place of the one before.
         */
        post: operations["addSignature"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/consent-signatures/{consent_id}/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Look at a signature; it is written down that one did
         * @description A JPEG. For who has grounds to read the child's record.
         */
        post: operations["readSignature"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/consent-links/open": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a guardian's link is for; with her digits, who read the record */
        post: operations["openConsentLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/consent-links/answer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The guardian says yes or no, or takes her yes back */
        post: operations["answerConsentLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/purposes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Purposes of my regions, those that wait first */
        get: operations["listPurposes"];
        put?: never;
        /** Ask to read records that are not one's cases */
        post: operations["askPurpose"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/purposes/{purpose_id}/decision": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Say yes or no
         * @description For another child-care officer or an administrator of the region, with a second factor.
         */
        put: operations["decidePurpose"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/child-exports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists of children that left the house, or are to; those that wait first
         * @description Of the regions in which the reader is a child-care officer or administrator.
         */
        get: operations["listChildExports"];
        put?: never;
        /**
         * Ask for a list of a region's children whose guardians agreed
         * @description For child-care officers of the region, with a second factor. More than fifty wait for another officer.
         */
        post: operations["askChildExport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/child-exports/{export_id}/decision": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Say yes or no to a list
         * @description For another child-care officer or an administrator of the region, with a second factor.
         */
        put: operations["decideChildExport"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/child-exports/{export_id}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a list; each child in it is written down as read
         * @description For who asked, with a second factor, within 24 hours. The workbook is sealed with its password.
         */
        post: operations["takeChildExport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openings/months/{month}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who opened records in a month, how often and on what grounds, and every emergency
         * @description Of the regions in which the reader is a child-care officer or administrator.
         */
        get: operations["reportOpenings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/companions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Companion parents of my regions, who waits first; not what checks and interviews say */
        get: operations["listCompanions"];
        put?: never;
        /**
         * Apply to be a companion parent
         * @description For adults. What they write of themselves is sealed.
         */
        post: operations["applyAsCompanion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/companions/mine": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where I stand, and the code as it is in force */
        get: operations["getMyCompanion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/companions/mine/signature": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Sign the code in the version that I read */
        put: operations["signConduct"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/companions/mine/leaving": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** End my application, or my being a companion parent */
        put: operations["leaveCompanions"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/companions/{companion_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a companion parent's record; it is written down that one did
         * @description For child-care officers of the region, with a second factor.
         */
        get: operations["openCompanion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/companions/{companion_id}/openings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who opened a companion parent's record
         * @description For the companion parent, and for child-care officers and administrators of the region.
         */
        get: operations["listCompanionOpenings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/companions/{companion_id}/offence-check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** The police were asked for the record of offences */
        put: operations["askOffenceCheck"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/companions/{companion_id}/evidence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Record what a check or an interview says
         * @description With a second factor. A check is for child-care officers of the region, an interview also for its coordinators and administrators; never for the applicant, nor an interview for who approved.
         */
        post: operations["recordEvidence"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/companions/{companion_id}/decision": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Approve, or refuse with a reason
         * @description For child-care officers of the region, with a second factor, who neither are the applicant nor interviewed.
         */
        put: operations["decideCompanion"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sealing-key": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** For whom phones seal what they keep without network */
        get: operations["getSealingKey"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sealed-messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send what a phone has sealed
         * @description What it is stands inside. Sent again it changes nothing and is answered the same, for ever.
         */
        post: operations["sendSealed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/help-numbers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whom to call; phones keep it for when there is no network */
        get: operations["listHelpNumbers"];
        /**
         * Say whom to call in a region from now on
         * @description For its child-care officers, with a second factor.
         */
        put: operations["setHelpNumbers"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/concerns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The concerns of my regions, those of which no authority knows first; nothing says of whom */
        get: operations["listConcerns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/concerns/{concern_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read what was seen; it is written down that one did
         * @description For child-care officers of the region with a second factor. Who has it also reads the child's record.
         */
        get: operations["openConcern"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/concerns/{concern_id}/handler": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Take a concern that nobody has, or that is overdue */
        put: operations["takeConcern"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/concerns/{concern_id}/steps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Write what was done; the first report ends the timer
         * @description For who has the concern.
         */
        post: operations["actOnConcern"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/concerns/{concern_id}/child": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Say which record it is about, by its number
         * @description For who has the concern.
         */
        put: operations["setConcernChild"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/concerns/{concern_id}/reporter": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Be shown who raised it, with a reason; two others are told
         * @description For who has the concern. Each time is a line of what was done.
         */
        post: operations["showReporter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/concerns/{concern_id}/paper": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The paper for the authority; it is written down that it was printed
         * @description A PDF, without who raised it.
         */
        post: operations["printConcern"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/concerns/{concern_id}/outcome": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Close a concern that another person has */
        put: operations["closeConcern"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts/mine": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How my pairings stand with their contacts; no notes */
        get: operations["listMyContacts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts/to-decide": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What waits for me, who supervise pairings or stand in; no notes */
        get: operations["listContactsToDecide"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts/decisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Confirm contacts, or say why they do not count; all or none */
        post: operations["decideContacts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts/overdue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Pairings of my regions in which nobody was met or called in time, the highest rung first */
        get: operations["listOverdueContacts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts/{contact_id}/note": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read what was seen and said; it is written down that one did
         * @description With a second factor, for who supervises the pairing, and for who has grounds to read the child's record.
         */
        get: operations["openContact"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pairings/{pairing_id}/contacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The contacts of a pairing, newest first; no notes
         * @description For who supervises it, and for child-care officers, coordinators and administrators of its region.
         */
        get: operations["listPairingContacts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contact-plans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All contact plans that were ever set; for officers */
        get: operations["listContactPlans"];
        put?: never;
        /**
         * Set a plan from a day on
         * @description For administrators of the city.
         */
        post: operations["addContactPlan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/to-dos": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What waits for me, as counts; nothing of a child, so neither PIN nor second factor is asked for */
        get: operations["listToDos"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pairings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Pairings of my regions, and those that I supervise; nothing says who a child is */
        get: operations["listPairings"];
        put?: never;
        /**
         * Propose a companion parent for a child that waits
         * @description With a second factor, for child-care officers of the region.
         */
        post: operations["proposePairing"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pairings/mine": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * My pairings, each child with its given name, age and village; it is written down that I read them
         * @description With my PIN.
         */
        get: operations["listMyPairings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pairings/mine/door": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What I see before I type my PIN; nothing of a child */
        get: operations["getPairingDoor"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pairings/mine/pin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Choose my PIN, or another one */
        put: operations["setPairingPin"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pairings/mine/pass": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Type my PIN */
        post: operations["typePairingPin"];
        /** Make this phone ask for my PIN again */
        delete: operations["shutPairings"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pairings/mine/{pairing_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One of my pairings, with the address while I meet the child; it is written down that I read it
         * @description With my PIN. What is over is not there any more.
         */
        get: operations["openMyPairing"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pairings/mine/{pairing_id}/answer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Say yes or no to a child
         * @description With my PIN.
         */
        put: operations["answerPairing"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pairings/{pairing_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A pairing; nothing says who the child is */
        get: operations["getPairing"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pairings/{pairing_id}/guardian-answer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Record what the guardian says to this person
         * @description With a second factor, for who has the child's case.
         */
        put: operations["recordGuardianAnswer"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pairings/{pairing_id}/decision": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * The yes or no of another officer
         * @description With a second factor, for a child-care officer of the region who neither proposed nor recorded the yes of the guardian.
         */
        put: operations["decidePairing"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pairings/{pairing_id}/review": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Say whether it goes on after the trial
         * @description With a second factor, for child-care officers of the region and for who supervises the pairing or stands in.
         */
        put: operations["reviewTrial"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pairings/{pairing_id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Stop meetings for a while
         * @description With a second factor, for child-care officers of the region and for who supervises the pairing or stands in.
         */
        put: operations["pausePairing"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pairings/{pairing_id}/resumption": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Let it go on
         * @description With a second factor, for child-care officers of the region and for who supervises the pairing or stands in.
         */
        put: operations["resumePairing"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pairings/{pairing_id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * End it, with a farewell
         * @description With a second factor, for child-care officers of the region and for who supervises the pairing or stands in.
         */
        put: operations["closePairing"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pairings/{pairing_id}/transfer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End it, and propose another companion parent in its place
         * @description With a second factor, for child-care officers of the region.
         */
        post: operations["transferPairing"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pairings/{pairing_id}/supervision": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Name another supervisor and deputy
         * @description With a second factor, for child-care officers of the region.
         */
        put: operations["setSupervision"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pairings/{pairing_id}/absence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * The supervisor is away; the deputy stands in
         * @description With a second factor, for the supervisor and for child-care officers of the region.
         */
        put: operations["setAbsence"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pairings/{pairing_id}/handover": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Read what was handed over; it is written down that one did
         * @description With a second factor, for who has grounds to read the child's record.
         */
        post: operations["readHandover"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/children/{child_id}/pairing-choices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who can be proposed for a child, and who can supervise
         * @description For child-care officers of the region.
         */
        get: operations["listPairingChoices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/companions/{companion_id}/pin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Let a companion parent who forgot her PIN choose a new one
         * @description With a second factor, for child-care officers of the region.
         */
        delete: operations["clearPairingPin"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/teams/{team_id}/pairings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How many pairings a brigade stands behind, and nothing else
         * @description For its leader and deputies.
         */
        get: operations["countTeamPairings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/households": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The families of my regions, newest first; nothing says who they are */
        get: operations["listHouseholds"];
        put?: never;
        /**
         * Register a family
         * @description For coordinators and child-care officers of the region; who registers it has its case. household_known when one of them is registered in a family already.
         */
        post: operations["registerHousehold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/households/{household_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a family's record; it is written down that one did
         * @description With a second factor, for who has the case, for a purpose that another approved, or to decide on a plan that waits.
         */
        get: operations["openHousehold"];
        /**
         * Write a family's record anew
         * @description For who has the case, with a second factor, as all that follows here.
         */
        put: operations["setHousehold"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/households/{household_id}/officers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** To whom the case can be handed over */
        get: operations["listHouseholdOfficers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/households/{household_id}/officer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Hand the case over
         * @description For who has it and for administrators of the region.
         */
        put: operations["handOverHousehold"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/households/{household_id}/openings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who opened a family's record, on what grounds */
        get: operations["listHouseholdOpenings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/households/{household_id}/hold": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Keep the record longer than its time, with a reason, or let go */
        put: operations["holdHousehold"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/households/{household_id}/consents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Record a numbered paper form that the family signed */
        post: operations["recordHouseholdConsent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/households/{household_id}/consent-withdrawal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * The family took its consent back
         * @description Whoever helps stops at once; the record is closed to all but who has the case.
         */
        put: operations["withdrawHouseholdConsent"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/households/{household_id}/aid-cases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask a volunteer to help the family */
        post: operations["openAidCase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/aid-cases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Open cases of my regions; plans that wait first, then reviews that are due */
        get: operations["listAidCases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/aid-cases/mine": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where I help or did; nothing of the family */
        get: operations["listMyAidCases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/aid-cases/of-brigades": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Families that my brigades help, and what I wrote down there; nothing of the family */
        get: operations["listBrigadeAidCases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/households/{household_id}/helpers/{volunteer_id}/teams": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The brigades for which somebody could answer at this family's */
        get: operations["listHelperTeams"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/teams/{team_id}/aid": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How many families a brigade helps and how often this month, and nothing else
         * @description For its leader and deputies.
         */
        get: operations["countTeamAid"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/aid-cases/{aid_case_id}/answer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * The helper says yes or no
         * @description A no ends the case.
         */
        put: operations["answerAidCase"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/aid-cases/{aid_case_id}/family": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the helper of a running case sees of the family; it is written down that she did */
        get: operations["openMyFamily"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/aid-cases/{aid_case_id}/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Put a plan to a case
         * @description It waits for another officer.
         */
        put: operations["planAidCase"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/aid-cases/{aid_case_id}/decision": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Approve a plan, or send it back
         * @description For an officer of the region, with a second factor, who neither registered the family nor opened or planned the case nor helps.
         */
        put: operations["decideAidCase"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/aid-cases/{aid_case_id}/visits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Write down a visit or a call, made or tried
         * @description For the helper of a running case, for members of the brigade that helps, and for who has the family's case with a second factor.
         */
        post: operations["recordAidVisit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/aid-visits/to-decide": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Helpers' visits that wait for me, who have the families' cases; no notes */
        get: operations["listAidVisitsToDecide"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/aid-visits/decisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm visits as hours, or say why they do not count; all or none
         * @description For officers of the region, but not of their own visits.
         */
        post: operations["decideAidVisits"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/aid-visits/by-reference/{reference}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** On which visit of my regions a line of hours rests; no notes */
        get: operations["findAidVisits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/aid-cases/{aid_case_id}/reviews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Write down how a quarter went
         * @description From a month before its end on; once for a quarter.
         */
        post: operations["reviewAidCase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/aid-cases/{aid_case_id}/pin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Let a helper who forgot the PIN choose a new one
         * @description With a second factor, for who has the family's case.
         */
        delete: operations["clearHelperPin"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/aid-cases/{aid_case_id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * End helping
         * @description goal_met is 帮扶结束（目标达成）.
         */
        put: operations["endAidCase"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/companions/mine/offers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Say what I can give */
        put: operations["setOffers"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/matching-runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The newest runs of my regions */
        get: operations["listMatchingRuns"];
        put?: never;
        /**
         * Find the best set of pairs of who waits in a region and who has room
         * @description For child-care officers of the region, with a second factor. It takes some seconds for thousands.
         */
        post: operations["runMatching"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/matching-runs/{run_id}/pairs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The pairs of a run, the best first, and then who has nobody and why */
        get: operations["listMatchedPairs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/matched-pairs/{pair_id}/acceptance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Propose a pair as a pairing
         * @description Under all rules of proposePairing.
         */
        post: operations["acceptPair"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/matched-pairs/{pair_id}/refusal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Refuse a pair; it is not suggested again */
        put: operations["refusePair"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/batches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Batches of my regions; the newest first */
        get: operations["listBatches"];
        put?: never;
        /**
         * Begin a batch of goods
         * @description For coordinators, child-care officers and administrators of the region, as all that follows here.
         */
        post: operations["makeBatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/batches/{batch_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A batch's balance sheet */
        get: operations["openBatch"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/batches/{batch_id}/counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Count pieces into the store
         * @description A correction is negative and has a note.
         */
        post: operations["countGoods"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/batches/{batch_id}/bags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pack bags for a place
         * @description goods_short, and none is packed, when more would be packed than were counted in.
         */
        post: operations["packBags"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/batches/{batch_id}/hand-over": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Bags were given out of the store
         * @description Twice changes nothing.
         */
        put: operations["handOverBags"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/batches/{batch_id}/labels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Labels for bags; 24 on a page of A4
         * @description From a number on; five hundred at most.
         */
        post: operations["printLabels"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/batches/{batch_id}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a batch out as xlsx
         * @description It names nobody. Every export is written down with what for.
         */
        post: operations["exportBatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bags/{bag_code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A bag by the code on its label
         * @description For whoever is signed in.
         */
        get: operations["findBag"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bags/{bag_code}/acknowledgement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * The family has the bag
         * @description By who brought it. Twice changes nothing.
         */
        put: operations["acknowledgeBag"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/public/wishes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is wished for; where from is not told
         * @description No number below five stands in it, nor can one be counted back.
         */
        get: operations["listPublicWishes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/wishes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Wishes of my regions; those that wait for another officer's eyes first */
        get: operations["listWishes"];
        put?: never;
        /**
         * Write a wish of a child or a family down
         * @description For who has the case, with a second factor. wish_identifies when the words hold a name, a number or a place.
         */
        post: operations["draftWish"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/wishes/mine": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What I have claimed */
        get: operations["listMyWishes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/wishes/{wish_id}/decision": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Publish it, or refuse its words
         * @description For another officer of the region than who wrote it, with a second factor.
         */
        put: operations["decideWish"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/wishes/{wish_id}/claim": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * I fulfil it
         * @description For adults, three at a time; wish_taken when somebody else was quicker.
         */
        put: operations["claimWish"];
        post?: never;
        /** I give it back */
        delete: operations["returnWish"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/wishes/{wish_id}/fulfilment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * It was received
         * @description By an officer of the region, with a second factor, who has not claimed it.
         */
        put: operations["fulfilWish"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/wishes/{wish_id}/withdrawal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** It is wished for no more */
        put: operations["withdrawWish"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/log/checkpoint": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The newest signed checkpoint of the record of openings */
        get: operations["getLogCheckpoint"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dead-letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Events that this service could not carry out
         * @description For administrators of the city. An event holds ids and nothing else of anybody, and it is not shown.
         */
        get: operations["listDeadLetters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dead-letters/redrive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Have events tried again, after what was in the way was mended
         * @description For administrators of the city, with a second factor. The service does it within seconds; who asked is recorded.
         */
        post: operations["redriveDeadLetters"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        DeadLetter: {
            /** Format: uuid */
            letter_id: string;
            /** @description Who could not carry it out: hours-from-tasks */
            consumer: string;
            /** @description What happened: tasks.v1.attendance.confirmed */
            subject: string;
            /**
             * @description unreadable: not what this release can read; refused: by a rule of the service; conflict: with what is in the database; fault: the program broke off
             * @enum {string}
             */
            cause: "unreadable" | "refused" | "conflict" | "fault" | "unknown";
            /** @description For whoever mends it */
            error: string;
            attempts: number;
            /** Format: date-time */
            occurred_at: string;
            /**
             * Format: date-time
             * @description The last time
             */
            tried_at: string;
            /** @description It was asked for and is tried within seconds */
            waits: boolean;
            /**
             * Format: date-time
             * @description When it was asked for last; missing: never
             */
            asked_at?: string;
            /** @description By whom; empty: by who runs the machine */
            asked_by?: string;
            /**
             * Format: date-time
             * @description When it was carried out after all
             */
            redriven_at?: string;
        };
        DeadLetters: {
            /** @description Of all that are to be looked at */
            count: number;
            items: components["schemas"]["DeadLetter"][];
            redriven: components["schemas"]["DeadLetter"][];
        };
        DeadLetterChoice: {
            letter_ids: string[];
        };
        /** @enum {string} */
        Sex: "female" | "male";
        /** @enum {string} */
        ChildState: "referred" | "consented" | "waiting" | "paired" | "consent_withdrawn" | "erased";
        /** @enum {string} */
        Basis: "case" | "purpose" | "emergency" | "guardian" | "vetting" | "pairing" | "concern" | "helper" | "decision" | "export";
        NewChild: {
            /** @description The village's, or the township's where that is not known */
            region_code: string;
            sex: components["schemas"]["Sex"];
            name: string;
            /** Format: date */
            born_on: string;
            id_number?: string;
            address: string;
            /** @description Why the child needs company */
            reason: string;
        };
        Referred: {
            /** Format: uuid */
            child_id: string;
            number: number;
        };
        ListedChild: {
            /** Format: uuid */
            child_id: string;
            /** @description What people call the record by before they open it */
            number: number;
            region_name: string;
            birth_year: number;
            sex: components["schemas"]["Sex"];
            state: components["schemas"]["ChildState"];
            /**
             * Format: date-time
             * @description Since when the state is what it is
             */
            state_at: string;
            /** Format: date-time */
            referred_at: string;
            /** @description Somebody has the case */
            has_officer: boolean;
            /** @description The reader has the case */
            mine: boolean;
        };
        NewCareOfficer: {
            /** Format: uuid */
            officer_id: string;
        };
        CareOfficer: {
            /** Format: uuid */
            officer_id: string;
            name: string;
            /** @description Has the case */
            holds: boolean;
        };
        CareOfficerList: {
            items: components["schemas"]["CareOfficer"][];
        };
        ChildList: {
            items: components["schemas"]["ListedChild"][];
        };
        OpenedChild: {
            listed: components["schemas"]["ListedChild"];
            basis: components["schemas"]["Basis"];
            name: string;
            born_on: string;
            id_number?: string;
            address: string;
            reason: string;
            details?: components["schemas"]["ChildDetails"];
            consents?: components["schemas"]["Consent"][];
            wish?: components["schemas"]["Wish"];
            link?: components["schemas"]["ConsentLink"];
            /**
             * Format: date-time
             * @description When the record is erased; absent while there is a consent
             */
            erase_at?: string;
            /** @description Why it is not all the same */
            hold_reason?: string;
        };
        Adult: {
            name: string;
            relation: string;
            phone: string;
            place: string;
            /** @description The last four of the guardian's ID number */
            id_tail?: string;
        };
        School: {
            name: string;
            grade: string;
            term: string;
        };
        ChildDetails: {
            guardian: components["schemas"]["Adult"];
            carer?: components["schemas"]["Adult"];
            school: components["schemas"]["School"];
            needs: ("company" | "study" | "family_calls" | "health" | "feelings" | "safety")[];
            note?: string;
            /** @enum {string} */
            companion_sex: "female" | "male" | "any";
        };
        NewWish: {
            wants: boolean;
            /** Format: date */
            talked_on: string;
            /** @description As the child said it */
            words: string;
        };
        Wish: {
            wants: boolean;
            talked_on: string;
            words: string;
            recorded_by: string;
        };
        Hold: {
            /** @description Without the child's name; empty: let go */
            reason: string;
        };
        NewConsent: {
            form_number: string;
            /** Format: date */
            given_on: string;
            witness: string;
            /** @description Where the paper is kept */
            archive: string;
            /** @description The companion parent may telephone */
            for_phone: boolean;
        };
        RecordedConsent: {
            /** Format: uuid */
            consent_id: string;
        };
        Consent: {
            /** Format: uuid */
            consent_id: string;
            by_link: boolean;
            good: boolean;
            has_signature: boolean;
            form_number?: string;
            witness?: string;
            archive?: string;
            for_phone: boolean;
            given_on: string;
            /** Format: date-time */
            ends_at: string;
            recorded_by?: string;
            /** Format: date-time */
            withdrawn_at?: string;
        };
        ConsentLink: {
            /** Format: date-time */
            made_at: string;
            /** Format: date-time */
            answer_by: string;
            /** @description It can still be answered */
            good: boolean;
            answered: boolean;
            agreed: boolean;
        };
        MadeConsentLink: {
            /** @description The link is /consent#secret */
            secret: string;
            /** Format: date-time */
            answer_by: string;
        };
        OpenConsentLink: {
            secret: string;
            digits?: string;
        };
        GuardianAnswer: {
            secret: string;
            digits: string;
            /** @enum {string} */
            answer: "agree" | "refuse" | "withdraw" | "agree_person" | "refuse_person";
            for_data?: boolean;
            for_pairing?: boolean;
            for_phone?: boolean;
        };
        GuardianView: {
            /** Format: date-time */
            answer_by: string;
            answered: boolean;
            agreed: boolean;
            /** @description The digits were hers; what follows is empty otherwise */
            proved: boolean;
            child_name?: string;
            /** Format: date-time */
            ends_at?: string;
            for_phone?: boolean;
            withdrawn: boolean;
            /** @description There is a consent to take back */
            may_retract: boolean;
            openings: components["schemas"]["Opening"][];
            companion?: components["schemas"]["ProposedCompanion"];
        };
        ProposedCompanion: {
            name: string;
            /** @description Where she helps */
            region_name: string;
            team_name?: string;
            /** @description For the guardian's answer */
            waits: boolean;
            agreed: boolean;
        };
        Opening: {
            /** Format: date-time */
            at: string;
            person_name: string;
            /** @enum {string} */
            act: "read" | "write";
            basis: components["schemas"]["Basis"];
            /** @description child, details, consent, signature, link, wish */
            what: string;
            /** @description Of the purpose */
            reason?: string;
        };
        NewChildExport: {
            region_code: string;
            /** @description For whom and what for; 5 to 200 characters without a name */
            reason: string;
        };
        AskedChildExport: {
            /** Format: uuid */
            export_id: string;
        };
        ChildExportList: {
            /** @description Where the next page starts; missing after the last */
            next?: string;
            items: components["schemas"]["ChildExport"][];
        };
        ChildExport: {
            /** Format: uuid */
            export_id: string;
            officer_name: string;
            region_name: string;
            reason: string;
            /** @description How many it was asked for */
            children: number;
            /** Format: date-time */
            asked_at: string;
            /** @description For another officer */
            waits: boolean;
            approved: boolean;
            /** @description Why not */
            answer?: string;
            decided_by?: string;
            /** Format: date-time */
            decided_at?: string;
            /**
             * Format: date-time
             * @description Until when it can be taken
             */
            ends_at?: string;
            /** @description How often */
            taken: number;
            /** @description It can be taken now */
            good: boolean;
            /** @description The reader asked for it */
            mine: boolean;
            may_decide: boolean;
            /** @description Of the file; only for who may take it, with a second factor, while it can be taken */
            password?: string;
        };
        OpeningMonth: {
            /** @description Who opened most first */
            readers: components["schemas"]["OpeningReader"][];
            /** @description Oldest first */
            emergencies: components["schemas"]["Emergency"][];
        };
        OpeningReader: {
            /** @description Empty for guardians */
            name: string;
            counts: components["schemas"]["OpeningCount"][];
        };
        OpeningCount: {
            basis: components["schemas"]["Basis"];
            /** @description How often a record was opened to read or to write */
            openings: number;
            /** @description How many different ones */
            records: number;
        };
        Emergency: {
            /** Format: date-time */
            at: string;
            officer_name: string;
            region_name: string;
            /** @description Of the record */
            number: number;
            reason: string;
            /** @description How often it was opened on these grounds */
            openings: number;
        };
        OpeningList: {
            items: components["schemas"]["Opening"][];
        };
        NewEmergency: {
            /** @description Without the child's name */
            reason: string;
        };
        NewPurpose: {
            /** @description Whose children; or child_id */
            region_code?: string;
            /**
             * Format: uuid
             * @description The only one
             */
            child_id?: string;
            /**
             * Format: uuid
             * @description A family instead
             */
            household_id?: string;
            reason: string;
            days: number;
        };
        AskedPurpose: {
            /** Format: uuid */
            purpose_id: string;
        };
        Purpose: {
            /** Format: uuid */
            purpose_id: string;
            officer_name: string;
            emergency: boolean;
            region_name: string;
            one_child: boolean;
            one_family: boolean;
            reason: string;
            /** Format: date-time */
            asked_at: string;
            /** Format: date-time */
            ends_at: string;
            decided: boolean;
            approved: boolean;
            answer?: string;
            decided_by?: string;
            /** Format: date-time */
            decided_at?: string;
            /** @description Records may be read on it now */
            good: boolean;
            /** @description The reader may say yes or no */
            may_decide: boolean;
        };
        PurposeList: {
            /** @description Where the next page starts; missing after the last */
            next?: string;
            items: components["schemas"]["Purpose"][];
        };
        PurposeDecision: {
            approved: boolean;
            /** @description Why not */
            answer?: string;
        };
        /** @enum {string} */
        CompanionState: "applied" | "approved" | "suspended" | "refused" | "left";
        NewCompanion: {
            /** @description Where they want to help */
            region_code: string;
            /** @description Why */
            about: string;
        };
        AppliedCompanion: {
            /** Format: uuid */
            companion_id: string;
        };
        Gate: {
            /** @enum {string} */
            name: "identity" | "training" | "conduct" | "offence" | "interview";
            good: boolean;
            /**
             * Format: date-time
             * @description Also once it is over; missing: for good, or nothing was shown
             */
            good_until?: string;
        };
        MyCompanion: {
            /** @description Not 18 yet; cannot apply */
            minor: boolean;
            /**
             * Format: uuid
             * @description Of the newest application; not there for who never applied
             */
            companion_id?: string;
            state?: components["schemas"]["CompanionState"];
            /** Format: date-time */
            state_since?: string;
            /** @description A word for why it was refused, suspended or left */
            reason?: string;
            region_name?: string;
            /** Format: date-time */
            applied_at?: string;
            /** @description What I say I can give */
            offers?: string[];
            gates: components["schemas"]["Gate"][];
            /** @description By how many I was interviewed */
            interviews: number;
            /** @description The check is under way */
            offence_asked: boolean;
            code: components["schemas"]["ConductCode"];
        };
        ConductCode: {
            version: number;
            zh: string[];
            en: string[];
        };
        Signature: {
            version: number;
        };
        Leaving: {
            /** @enum {string} */
            reason: "no_time" | "moved" | "health" | "other";
        };
        ListedCompanion: {
            /** Format: uuid */
            companion_id: string;
            /** Format: uuid */
            volunteer_id: string;
            name: string;
            region_name: string;
            state: components["schemas"]["CompanionState"];
            /** Format: date-time */
            state_since: string;
            reason?: string;
            /** Format: date-time */
            applied_at: string;
            gates: components["schemas"]["Gate"][];
            interviews: number;
            offence_asked: boolean;
            /**
             * Format: date-time
             * @description When the first of what was shown ends
             */
            ends_first?: string;
            /** @description The reader may open the record, with a second factor */
            reads: boolean;
            /** @description The reader neither is the applicant nor interviewed */
            may_approve: boolean;
        };
        CompanionCounts: {
            due: number;
            ending: number;
            approved: number;
            over: number;
        };
        CompanionList: {
            /** @description Where the next page starts; missing after the last */
            next?: string;
            counts: components["schemas"]["CompanionCounts"];
            items: components["schemas"]["ListedCompanion"][];
        };
        Evidence: {
            /** @enum {string} */
            kind: "identity" | "conduct" | "offence" | "interview";
            by_name: string;
            passed: boolean;
            /** Format: date */
            held_on: string;
            /** Format: date-time */
            good_until: string;
            code_version?: number;
            note?: string;
            /** @description Where the paper is kept */
            archive?: string;
        };
        OpenedCompanion: {
            listed: components["schemas"]["ListedCompanion"];
            about: string;
            evidence: components["schemas"]["Evidence"][];
        };
        NewEvidence: {
            /** @enum {string} */
            kind: "offence" | "interview";
            passed: boolean;
            /** Format: date */
            held_on: string;
            note?: string;
            /** @description Where the paper is kept */
            archive?: string;
        };
        RecordedEvidence: {
            /** Format: uuid */
            evidence_id: string;
        };
        CompanionDecision: {
            approved: boolean;
            /**
             * @description Why not
             * @enum {string}
             */
            reason?: "not_suitable" | "papers_missing" | "no_child_waits" | "conduct";
        };
        SealingKey: {
            public_key: string;
        };
        SealedMessage: {
            /**
             * Format: uuid
             * @description Made by the phone
             */
            message_id: string;
            /** @description As app/sealed_message.go tells, base64url */
            envelope: string;
        };
        SealedAnswer: {
            /** @description What the sender is told: of a concern its number */
            answer: string;
        };
        HelpNumber: {
            phone: string;
            zh: string;
            en: string;
        };
        HelpNumberList: {
            items: components["schemas"]["HelpNumber"][];
        };
        NewHelpNumbers: {
            region_code: string;
            numbers: components["schemas"]["HelpNumber"][];
        };
        ListedConcern: {
            /** Format: uuid */
            concern_id: string;
            number: number;
            /** @description The township at most */
            region_name: string;
            /** @description Right now */
            danger: boolean;
            /** @enum {string} */
            state: "raised" | "reported" | "closed";
            /** Format: date-time */
            seen_at: string;
            /**
             * Format: date-time
             * @description From here the timer runs
             */
            arrived_at: string;
            /**
             * Format: date-time
             * @description It ended here
             */
            reported_at?: string;
            /**
             * Format: date-time
             * @description When the next officers are told
             */
            due_at?: string;
            overdue: boolean;
            handler_name?: string;
            mine: boolean;
            may_take: boolean;
            may_close: boolean;
            outcome?: string;
            /** Format: date-time */
            closed_at?: string;
        };
        /** @description Of all pages */
        ConcernCounts: {
            /** @description No authority knows of them */
            raised: number;
            reported: number;
            closed: number;
        };
        ConcernList: {
            /** @description Where the next page starts; missing after the last */
            next?: string;
            counts: components["schemas"]["ConcernCounts"];
            items: components["schemas"]["ListedConcern"][];
        };
        ConcernStep: {
            /** @enum {string} */
            kind: "taken" | "child" | "reported" | "note" | "reporter_shown" | "closed";
            by_name: string;
            /** Format: date-time */
            at: string;
            authority?: components["schemas"]["Authority"];
            /** Format: date-time */
            told_at?: string;
            contact?: string;
            receipt?: string;
            note?: string;
        };
        /** @enum {string} */
        Authority: "police" | "civil_affairs" | "education";
        ConcernChild: {
            number: number;
            name: string;
            sex: components["schemas"]["Sex"];
            born_on: string;
            region_name: string;
            address: string;
            guardian: components["schemas"]["Adult"];
            carer: components["schemas"]["Adult"];
        };
        OpenedConcern: {
            listed: components["schemas"]["ListedConcern"];
            situation: string;
            text: string;
            about: string;
            place: string;
            steps: components["schemas"]["ConcernStep"][];
            child?: components["schemas"]["ConcernChild"];
        };
        NewConcernStep: {
            /** @enum {string} */
            kind: "reported" | "note";
            authority?: components["schemas"]["Authority"];
            /** Format: date-time */
            told_at?: string;
            contact?: string;
            receipt?: string;
            note?: string;
        };
        WrittenStep: {
            /** Format: uuid */
            step_id: string;
        };
        ConcernChildNumber: {
            number: number;
        };
        ReporterReason: {
            reason: string;
        };
        ConcernReporter: {
            name: string;
            /** @description Where they can be asked; empty when they gave none */
            phone: string;
        };
        ConcernOutcome: {
            /** @enum {string} */
            outcome: "in_care" | "followed_up" | "mistaken" | "double";
            note: string;
        };
        /** @enum {string} */
        ContactKind: "visit" | "call" | "message";
        /** @enum {string} */
        ContactState: "open" | "confirmed" | "refused";
        /** @enum {string} */
        ContactReason: "not_held" | "wrong_time" | "twice" | "other";
        Contact: {
            /** Format: uuid */
            contact_id: string;
            /** Format: uuid */
            pairing_id: string;
            kind: components["schemas"]["ContactKind"];
            /** @description false: attempted */
            made: boolean;
            /** Format: date-time */
            at: string;
            minutes: number;
            /** Format: date-time */
            recorded_at: string;
            state: components["schemas"]["ContactState"];
            /** Format: date-time */
            decided_at?: string;
            reason?: components["schemas"]["ContactReason"];
            /** @description For how many minutes it counts; missing: for those that were recorded */
            counted?: number;
            counted_why?: components["schemas"]["CountedReason"];
        };
        ListedContact: {
            contact: components["schemas"]["Contact"];
            volunteer_name: string;
            region_name: string;
            /** @description Something that was seen wants a look; what is in the note */
            attention: boolean;
        };
        ContactList: {
            items: components["schemas"]["ListedContact"][];
        };
        ContactNote: {
            looks: components["schemas"]["ContactLook"][];
            note?: string;
        };
        ContactLook: {
            /** @enum {string} */
            what: "home" | "schooling" | "health" | "mood" | "bullying" | "season";
            /** @description It wants a look */
            attend: boolean;
        };
        ContactStand: {
            /**
             * Format: date-time
             * @description By when the next one is asked for; missing: none is
             */
            due?: string;
            /** @description How far the silence has climbed: 0 none, 1 volunteer, 2 leader, 3 township, 4 county, 5 city */
            rung: number;
        };
        MyContacts: {
            /** Format: uuid */
            pairing_id: string;
            /** Format: date-time */
            began_at: string;
            paused: boolean;
            meet: components["schemas"]["ContactStand"];
            call: components["schemas"]["ContactStand"];
            contacts: components["schemas"]["Contact"][];
        };
        MyContactsList: {
            items: components["schemas"]["MyContacts"][];
        };
        /** @enum {string} */
        CountedReason: "travel" | "mistyped" | "overlap" | "asked";
        ContactDecision: {
            /** Format: uuid */
            contact_id: string;
            counts: boolean;
            reason?: components["schemas"]["ContactReason"];
            /** @description For how many it counts, with why; missing: as it was recorded */
            minutes?: number;
            why?: components["schemas"]["CountedReason"];
        };
        ContactDecisions: {
            decisions: components["schemas"]["ContactDecision"][];
        };
        OverdueContact: {
            /** Format: uuid */
            pairing_id: string;
            volunteer_name: string;
            region_name: string;
            supervisor_name: string;
            rung: number;
            meet: components["schemas"]["ContactStand"];
            call: components["schemas"]["ContactStand"];
        };
        OverdueList: {
            items: components["schemas"]["OverdueContact"][];
        };
        NewContactPlan: {
            /** @description standard: of pairings for which none is chosen */
            code: string;
            /**
             * Format: date
             * @description Tomorrow or later
             */
            valid_from: string;
            /** @description A visit in so many months; 0: none */
            meet_months: number;
            /** @description A call or a visit in so many weeks; 0: none */
            call_weeks: number;
            /** @description After how many days volunteer, leader, township, county and city are told */
            silence: number[];
            reason: string;
        };
        ContactPlan: {
            code: string;
            valid_from: string;
            meet_months: number;
            call_weeks: number;
            silence: number[];
            reason: string;
            in_force: boolean;
            /** @description Missing: what Qihe begins with */
            set_by?: string;
            /** Format: date-time */
            set_at: string;
        };
        ContactPlanList: {
            items: components["schemas"]["ContactPlan"][];
            may_set: boolean;
        };
        /** @enum {string} */
        PairingState: "proposed" | "trial" | "active" | "paused" | "closed";
        /**
         * @description Why it is not the sex that was wished for
         * @enum {string}
         */
        SexReason: "family_agrees" | "known_to_child" | "nobody_else";
        NewPairing: {
            /** Format: uuid */
            child_id: string;
            /** Format: uuid */
            companion_id: string;
            /**
             * Format: uuid
             * @description The brigade that stands behind it
             */
            team_id?: string;
            sex_reason?: components["schemas"]["SexReason"];
            /** Format: uuid */
            supervisor_id: string;
            /** Format: uuid */
            deputy_id: string;
            /** @description Code of the contact plan */
            plan?: string;
        };
        ProposedPairing: {
            /** Format: uuid */
            pairing_id: string;
        };
        ListedPairing: {
            /** Format: uuid */
            pairing_id: string;
            /** Format: uuid */
            child_id: string;
            child_number: number;
            birth_year: number;
            sex: components["schemas"]["Sex"];
            region_name: string;
            /** Format: uuid */
            companion_id: string;
            volunteer_name: string;
            team_name?: string;
            state: components["schemas"]["PairingState"];
            /** Format: date-time */
            state_at: string;
            /** Format: date-time */
            proposed_at: string;
            proposer_name: string;
            sex_reason?: string;
            volunteer_agreed: boolean;
            guardian_agreed: boolean;
            /** @description The number of the paper */
            guardian_form?: string;
            officer_agreed: boolean;
            /** Format: date-time */
            trial_ends_at?: string;
            /** Format: uuid */
            supervisor_id: string;
            supervisor_name: string;
            /** Format: uuid */
            deputy_id: string;
            deputy_name: string;
            /** Format: date-time */
            away_from?: string;
            /**
             * Format: date-time
             * @description The first day that she is back
             */
            away_until?: string;
            /** @description Who looks after it now; missing for nobody */
            supervising_id?: string;
            plan: string;
            paused_reason?: string;
            closed_reason?: string;
            farewell_on?: string;
            /** @description The pairing that takes its place */
            handed_over_to?: string;
            /** @description nobody, answers, review, paused; missing for nothing */
            attention?: string;
            overdue: boolean;
            /** @description The reader supervises it or stands in */
            mine: boolean;
            /** @description The reader has the child's case */
            holds_case: boolean;
            /** @description The reader can be the other officer who agrees */
            may_decide: boolean;
            /** @description The reader may change it, with a second factor */
            manages: boolean;
            has_handover: boolean;
        };
        PairingCounts: {
            due: number;
            proposed: number;
            trial: number;
            active: number;
            paused: number;
            closed: number;
        };
        PairingList: {
            /** @description Where the next page starts; missing after the last */
            next?: string;
            counts: components["schemas"]["PairingCounts"];
            items: components["schemas"]["ListedPairing"][];
        };
        MyPairing: {
            /** Format: uuid */
            pairing_id: string;
            state: components["schemas"]["PairingState"];
            /** Format: date-time */
            state_at: string;
            /** @description I said yes */
            agreed: boolean;
            /** Format: date-time */
            trial_ends_at?: string;
            plan: string;
            team_name?: string;
            supervising_name?: string;
            /** @description What follows is there */
            child_shown: boolean;
            given_name?: string;
            age?: number;
            region_name?: string;
            /** @description While I meet the child */
            address?: string;
            /** @description What the one before me left to know */
            handover?: string;
        };
        MyPairingList: {
            items: components["schemas"]["MyPairing"][];
        };
        ToDo: {
            /**
             * @description asked, meet and call are a companion parent's own
             * @enum {string}
             */
            kind: "asked" | "meet" | "call" | "concerns" | "contacts" | "silence" | "answers" | "trials" | "purposes" | "exports" | "applied" | "evidences" | "aid_visits";
            count: number;
            /**
             * Format: date-time
             * @description By when the first is due; missing: no day is set
             */
            due?: string;
            /** @description One of them is */
            late: boolean;
        };
        ToDoList: {
            items: components["schemas"]["ToDo"][];
        };
        PairingDoor: {
            has_pin: boolean;
            /** @description For how many seconds it need not be typed; missing when it has to be */
            open_for?: number;
            pairings: number;
            /** @description How many wait for my answer */
            asked: number;
            /** @description How many show their child now */
            shown: number;
        };
        PairingPin: {
            pin: string;
        };
        PairingAnswer: {
            agreed: boolean;
        };
        GuardianPairingAnswer: {
            agreed: boolean;
            /** @description Of the paper that she signed */
            form_number?: string;
        };
        TrialReview: {
            goes_on: boolean;
        };
        PairingPause: {
            /** @enum {string} */
            reason: "child_away" | "volunteer_away" | "health" | "question";
        };
        PairingEnd: {
            /** @enum {string} */
            reason: "goal_reached" | "family_back" | "moved" | "of_age" | "volunteer_stops" | "not_suited" | "child_wish" | "other";
            /** Format: date */
            farewell_on?: string;
            /** @description For whoever goes on; sealed */
            note?: string;
        };
        PairingTransfer: {
            /** Format: uuid */
            companion_id: string;
            /**
             * Format: uuid
             * @description The brigade that stands behind it
             */
            team_id?: string;
            sex_reason?: components["schemas"]["SexReason"];
            /** Format: uuid */
            supervisor_id: string;
            /** Format: uuid */
            deputy_id: string;
            /** @description Code of the contact plan */
            plan?: string;
            /** Format: date */
            farewell_on: string;
            /** @description For whoever goes on; sealed */
            note: string;
        };
        Supervision: {
            /** Format: uuid */
            supervisor_id: string;
            /** Format: uuid */
            deputy_id: string;
        };
        Absence: {
            /** Format: date */
            from?: string;
            /**
             * Format: date
             * @description The last day; both missing for being back
             */
            until?: string;
        };
        Handover: {
            note: string;
        };
        PairingChoices: {
            /** @enum {string} */
            companion_sex: "female" | "male" | "any";
            companions: components["schemas"]["CompanionChoice"][];
            officers: components["schemas"]["CareOfficer"][];
        };
        CompanionChoice: {
            /** Format: uuid */
            companion_id: string;
            name: string;
            region_name: string;
            /** @description How many pairings she has */
            open: number;
            /** @description As many as may be */
            full: boolean;
            /** @description The sex is as wished */
            suits: boolean;
            teams: components["schemas"]["TeamChoice"][];
        };
        TeamChoice: {
            /** Format: uuid */
            team_id: string;
            name: string;
        };
        TeamPairings: {
            proposed: number;
            trial: number;
            active: number;
            paused: number;
        };
        /**
         * @description 低保, 特困, 低保边缘, 防止返贫监测对象, 孤儿·孤老·孤残, 两癌患者, 其他
         * @enum {string}
         */
        HouseholdKind: "dibao" | "tekun" | "dibao_edge" | "monitored" | "alone" | "cancer" | "other";
        /** @enum {string} */
        HouseholdState: "registered" | "consented" | "consent_withdrawn" | "erased";
        /** @enum {string} */
        AidState: "opened" | "planned" | "running" | "ended";
        AidNeed: {
            /** @enum {string} */
            kind: "living" | "medical" | "schooling" | "housing" | "care" | "work" | "company" | "legal" | "other";
            measure?: string;
            /** @description An amount; recorded, never handled */
            yuan?: number;
        };
        FamilyMember: {
            name: string;
            relation: string;
            id_number?: string;
        };
        HouseholdDetails: {
            kinds: components["schemas"]["HouseholdKind"][];
            /** @description As a helper knows it: 张家 */
            name: string;
            phone: string;
            address: string;
            situation: string;
            members: components["schemas"]["FamilyMember"][];
            needs: components["schemas"]["AidNeed"][];
        };
        NewHousehold: {
            /** @description The village's, or the township's where that is not known */
            region_code: string;
            kinds: components["schemas"]["HouseholdKind"][];
            /** @description As a helper knows it: 张家 */
            name: string;
            phone: string;
            address: string;
            situation: string;
            members: components["schemas"]["FamilyMember"][];
            needs: components["schemas"]["AidNeed"][];
        };
        RegisteredHousehold: {
            /** Format: uuid */
            household_id: string;
            number: number;
        };
        ListedHousehold: {
            /** Format: uuid */
            household_id: string;
            number: number;
            region_name: string;
            kinds: components["schemas"]["HouseholdKind"][];
            /** @description How many they are */
            size: number;
            state: components["schemas"]["HouseholdState"];
            /** Format: date-time */
            registered_at: string;
            /** @description The reader has the case */
            mine: boolean;
            aid_state?: components["schemas"]["AidState"];
        };
        HouseholdList: {
            items: components["schemas"]["ListedHousehold"][];
        };
        NewFamilyConsent: {
            form_number: string;
            /** Format: date */
            given_on: string;
            witness: string;
            /** @description Where the paper is kept */
            archive: string;
        };
        FamilyConsent: {
            form_number: string;
            witness: string;
            archive: string;
            good: boolean;
            given_on: string;
            /** Format: date-time */
            ends_at: string;
            recorded_by: string;
            /** Format: date-time */
            withdrawn_at?: string;
        };
        OpenedHousehold: {
            listed: components["schemas"]["ListedHousehold"];
            basis: components["schemas"]["Basis"];
            details: components["schemas"]["HouseholdDetails"];
            consents: components["schemas"]["FamilyConsent"][];
            aid?: components["schemas"]["AidView"];
            /**
             * Format: date-time
             * @description When the record is erased; absent while there is a consent
             */
            erase_at?: string;
            hold_reason?: string;
        };
        NewAidCase: {
            /** Format: uuid */
            helper_id: string;
            /**
             * Format: uuid
             * @description The brigade that she answers for
             */
            team_id?: string;
        };
        OpenedAidCase: {
            /** Format: uuid */
            aid_case_id: string;
        };
        AidPlan: {
            goal: string;
            steps: string[];
        };
        AidView: {
            /** Format: uuid */
            aid_case_id: string;
            state: components["schemas"]["AidState"];
            helper_name: string;
            /** @description She answers for a brigade */
            by_brigade: boolean;
            /** @description Which */
            team_name?: string;
            /** @description The helper said yes */
            agreed: boolean;
            may_approve: boolean;
            /** @description A word for why the plan came back */
            refused_for?: string;
            /** Format: date-time */
            review_due_at?: string;
            quarter?: string;
            ended_for?: string;
            plan?: components["schemas"]["AidPlan"];
            visits: components["schemas"]["AidVisit"][];
            reviews: components["schemas"]["AidReview"][];
        };
        AidVisit: {
            way: components["schemas"]["VisitWay"];
            outcome: components["schemas"]["VisitOutcome"];
            /** Format: date-time */
            visited_at: string;
            minutes: number;
            note: string;
            by_name: string;
            state: components["schemas"]["VisitState"];
            reason?: components["schemas"]["ContactReason"];
            /**
             * Format: uuid
             * @description The source of the line of hours that it became
             */
            reference?: string;
        };
        /**
         * @description As hours; noted: not for hours
         * @enum {string}
         */
        VisitState: "noted" | "open" | "confirmed" | "refused";
        ListedAidVisit: {
            /** Format: uuid */
            visit_id: string;
            /** Format: uuid */
            household_id: string;
            household_number: number;
            region_name: string;
            by_name: string;
            way: components["schemas"]["VisitWay"];
            /** Format: date-time */
            visited_at: string;
            minutes: number;
            state: components["schemas"]["VisitState"];
            /** @description A name */
            decided_by?: string;
            /** Format: date-time */
            decided_at?: string;
        };
        AidVisitList: {
            items: components["schemas"]["ListedAidVisit"][];
        };
        AidVisitDecision: {
            /** Format: uuid */
            visit_id: string;
            counts: boolean;
            reason?: components["schemas"]["ContactReason"];
        };
        AidVisitDecisions: {
            decisions: components["schemas"]["AidVisitDecision"][];
        };
        /** @enum {string} */
        VisitWay: "visit" | "call" | "errand";
        /** @enum {string} */
        VisitOutcome: "done" | "nobody_home" | "no_answer" | "put_off";
        NewAidVisit: {
            way: components["schemas"]["VisitWay"];
            outcome: components["schemas"]["VisitOutcome"];
            /** Format: date-time */
            visited_at: string;
            /** @description 0 of an attempt */
            minutes: number;
            note?: string;
        };
        RecordedAidVisit: {
            /** Format: uuid */
            visit_id: string;
        };
        AidReview: {
            quarter: string;
            result: components["schemas"]["ReviewResult"];
            note: string;
            by_name: string;
            /** Format: date-time */
            reviewed_at: string;
        };
        /** @enum {string} */
        ReviewResult: "on_course" | "adjust" | "goal_met";
        NewAidReview: {
            result: components["schemas"]["ReviewResult"];
            note: string;
        };
        AidAnswer: {
            agreed: boolean;
        };
        AidDecision: {
            approved: boolean;
            /**
             * @description Why not
             * @enum {string}
             */
            reason?: "plan_unclear" | "helper_unsuited" | "needs_unclear";
        };
        AidEnding: {
            /** @enum {string} */
            reason: "goal_met" | "moved" | "family_wish" | "helper_left" | "other";
        };
        ListedAidCase: {
            /** Format: uuid */
            aid_case_id: string;
            /**
             * Format: uuid
             * @description Of an officer's list only
             */
            household_id?: string;
            household_number: number;
            region_name: string;
            helper_name: string;
            state: components["schemas"]["AidState"];
            /** Format: date-time */
            state_at: string;
            agreed: boolean;
            /** Format: date-time */
            review_due_at?: string;
            ended_for?: string;
        };
        AidCaseList: {
            /** @description Where the next page starts; missing after the last */
            next?: string;
            items: components["schemas"]["ListedAidCase"][];
        };
        BrigadeAidCase: {
            /** Format: uuid */
            aid_case_id: string;
            team_name: string;
            region_name: string;
            /** @description Who answers for the brigade there */
            helper_name: string;
            /** @description My own; no notes */
            visits: components["schemas"]["AidVisit"][];
        };
        BrigadeAidCaseList: {
            items: components["schemas"]["BrigadeAidCase"][];
        };
        HelperTeam: {
            /** Format: uuid */
            team_id: string;
            name: string;
        };
        HelperTeamList: {
            items: components["schemas"]["HelperTeam"][];
        };
        TeamAid: {
            /** @description It does not run yet */
            asked: number;
            running: number;
            /** @description Made this month */
            visits: number;
            /** @description To be confirmed */
            waiting: number;
        };
        HelpersFamily: {
            /** Format: uuid */
            aid_case_id: string;
            region_name: string;
            name: string;
            address: string;
            needs: components["schemas"]["AidNeed"][];
            plan: components["schemas"]["AidPlan"];
            visits: components["schemas"]["AidVisit"][];
        };
        Offers: {
            offers: ("company" | "study" | "family_calls" | "health" | "feelings" | "safety")[];
        };
        NewMatchingRun: {
            region_code: string;
            /** @description A wish for a woman or a man counts, but is no must */
            relax_sex: boolean;
        };
        MadeMatchingRun: {
            /** Format: uuid */
            run_id: string;
        };
        MatchingRun: {
            /** Format: uuid */
            run_id: string;
            region_name: string;
            relax_sex: boolean;
            by_name: string;
            /** Format: date-time */
            at: string;
            /** @description Who waited */
            children: number;
            /** @description For how many there was room */
            places: number;
            pairs: number;
            /**
             * Format: int64
             * @description What the pairs cost together; no set costs less
             */
            total: number;
            /** @description How long it took */
            millis: number;
        };
        MatchingRunList: {
            items: components["schemas"]["MatchingRun"][];
        };
        MatchedPair: {
            /** Format: uuid */
            pair_id: string;
            /** Format: int64 */
            n: number;
            /** Format: uuid */
            child_id: string;
            /** @description Of the child's record */
            number: number;
            birth_year: number;
            sex: components["schemas"]["Sex"];
            child_region: string;
            /** @description The child waits still */
            waits: boolean;
            /**
             * Format: uuid
             * @description Missing when nobody was found
             */
            companion_id?: string;
            companion_name?: string;
            companion_region?: string;
            /** @description Words for why it is good, or why there is nobody */
            reasons: string[];
            /** @enum {string} */
            decision?: "accepted" | "refused";
            /** @description Why it was refused */
            reason?: string;
        };
        MatchedPairList: {
            items: components["schemas"]["MatchedPair"][];
        };
        PairAcceptance: {
            /** Format: uuid */
            supervisor_id: string;
            /** Format: uuid */
            deputy_id: string;
            /** Format: uuid */
            team_id?: string;
            sex_reason?: components["schemas"]["SexReason"];
        };
        PairRefusal: {
            /** @enum {string} */
            reason: "known_conflict" | "too_far" | "family_would_not" | "not_suited" | "other";
        };
        /**
         * @description 母亲邮包, 节日礼物, 其他
         * @enum {string}
         */
        BatchKind: "parcel" | "gift" | "other";
        NewBatch: {
            region_code: string;
            kind: components["schemas"]["BatchKind"];
            title: string;
            donor?: string;
        };
        MadeBatch: {
            /** Format: uuid */
            batch_id: string;
        };
        Batch: {
            /** Format: uuid */
            batch_id: string;
            kind: components["schemas"]["BatchKind"];
            title: string;
            donor?: string;
            /** Format: date-time */
            made_at: string;
            counted_in: number;
            bagged: number;
            handed: number;
            got: number;
            missing: number;
        };
        BatchList: {
            /** @description Where the next page starts; missing after the last */
            next?: string;
            items: components["schemas"]["Batch"][];
        };
        GoodsCount: {
            pieces: number;
            note: string;
            by_name: string;
            /** Format: date-time */
            counted_at: string;
        };
        GoodsPlace: {
            name: string;
            bagged: number;
            handed: number;
            got: number;
        };
        MissingBag: {
            number: number;
            place: string;
            handed_by: string;
            /** Format: date-time */
            handed_at: string;
        };
        BatchSheet: {
            batch: components["schemas"]["Batch"];
            counts: components["schemas"]["GoodsCount"][];
            places: components["schemas"]["GoodsPlace"][];
            missing: components["schemas"]["MissingBag"][];
        };
        NewCount: {
            pieces: number;
            note?: string;
        };
        NewBags: {
            region_code: string;
            bags: number;
        };
        PackedBags: {
            first: number;
            last: number;
        };
        BagRange: {
            first: number;
            last: number;
        };
        HandedBags: {
            handed: number;
        };
        LabelRange: {
            /** @description What the codes lead to: the address of the page that prints */
            site: string;
            first: number;
        };
        NewGoodsExport: {
            purpose: string;
        };
        Bag: {
            title: string;
            place: string;
            number: number;
            handed: boolean;
            got: boolean;
        };
        /** @enum {string} */
        WishSort: "study" | "warm" | "play" | "health" | "home" | "other";
        /** @enum {string} */
        WishState: "drafted" | "published" | "claimed" | "fulfilled" | "refused" | "withdrawn";
        PublicWish: {
            /** Format: uuid */
            wish_id: string;
            number: number;
            sort: components["schemas"]["WishSort"];
            words: string;
            state: components["schemas"]["WishState"];
            /** Format: date-time */
            claim_ends?: string;
        };
        PublicWishList: {
            items: components["schemas"]["PublicWish"][];
        };
        WishCell: {
            /** @description Missing - all others together */
            name?: string;
            n: number;
        };
        PublicWishes: {
            /** @description Where the next page starts; missing after the last */
            next?: string;
            items: components["schemas"]["PublicWish"][];
            waiting: components["schemas"]["WishCell"][];
            fulfilled: components["schemas"]["WishCell"][];
        };
        ListedWish: {
            /** Format: uuid */
            wish_id: string;
            number: number;
            sort: components["schemas"]["WishSort"];
            words: string;
            state: components["schemas"]["WishState"];
            /** Format: date-time */
            state_at: string;
            region_name: string;
            claimed_by?: string;
            /** Format: date-time */
            claim_ends?: string;
            may_decide: boolean;
        };
        WishList: {
            /** @description Where the next page starts; missing after the last */
            next?: string;
            items: components["schemas"]["ListedWish"][];
        };
        NewMicroWish: {
            /** Format: uuid */
            child_id?: string;
            /** Format: uuid */
            household_id?: string;
            sort: components["schemas"]["WishSort"];
            words: string;
        };
        DraftedWish: {
            /** Format: uuid */
            wish_id: string;
        };
        WishDecision: {
            publish: boolean;
        };
        Checkpoint: {
            note: string;
            /** Format: date-time */
            signed_at: string;
            keys: string[];
        };
        Problem: {
            type: string;
            /** @description The sentence to show */
            title: string;
            status: number;
            /** @description Stable, for programs */
            code: string;
            request_id?: string;
            fields?: {
                /** @description The input, as the request calls it: shifts[0].capacity */
                name: string;
                code: string;
                message: string;
            }[];
        };
    };
    responses: {
        /** @description What went wrong (RFC 9457), in the language of Accept-Language */
        Problem: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        /** @description Made by the client; the same key gives the same answer for 7 days */
        IdempotencyKey: string;
        ChildID: string;
        ConsentID: string;
        ExportID: string;
        CompanionID: string;
        ConcernID: string;
        ContactID: string;
        PairingID: string;
        TeamID: string;
        HouseholdID: string;
        AidCaseID: string;
        PairID: string;
        BatchID: string;
        WishID: string;
        BagCode: string;
        PurposeID: string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listChildren: {
        parameters: {
            query?: {
                /** @description The last number of the page before */
                before?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Fifty at most; none for who is no child-care officer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChildList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    referChild: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewChild"];
            };
        };
        responses: {
            /** @description How the record is called from now on */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Referred"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    openChild: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                child_id: components["parameters"]["ChildID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenedChild"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    takeChild: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                child_id: components["parameters"]["ChildID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is my case now */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    listCareOfficers: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                child_id: components["parameters"]["ChildID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The child-care officers of the child's region, the nearest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CareOfficerList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    handOver: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                child_id: components["parameters"]["ChildID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewCareOfficer"];
            };
        };
        responses: {
            /** @description It is theirs now */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    listOpenings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                child_id: components["parameters"]["ChildID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Newest first, two hundred at most */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpeningList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    openInEmergency: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                child_id: components["parameters"]["ChildID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewEmergency"];
            };
        };
        responses: {
            /** @description It may be read now */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    setChildDetails: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                child_id: components["parameters"]["ChildID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChildDetails"];
            };
        };
        responses: {
            /** @description Written */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    recordWish: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                child_id: components["parameters"]["ChildID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewWish"];
            };
        };
        responses: {
            /** @description Written; the newest counts */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    holdChild: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                child_id: components["parameters"]["ChildID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Hold"];
            };
        };
        responses: {
            /** @description Written */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    recordConsent: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                child_id: components["parameters"]["ChildID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewConsent"];
            };
        };
        responses: {
            /** @description The picture goes to it */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordedConsent"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    withdrawConsent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                child_id: components["parameters"]["ChildID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The record is closed to all but who carries it out */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    makeConsentLink: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                child_id: components["parameters"]["ChildID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description In place of one that was not answered */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MadeConsentLink"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    addSignature: {
        parameters: {
            query: {
                consent_id: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description Kept */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    readSignature: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                consent_id: components["parameters"]["ConsentID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A JPEG */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    openConsentLink: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpenConsentLink"];
            };
        };
        responses: {
            /** @description Without digits nothing of the child */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GuardianView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    answerConsentLink: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GuardianAnswer"];
            };
        };
        responses: {
            /** @description It holds */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    listPurposes: {
        parameters: {
            query?: {
                limit?: number;
                /** @description next of the page before */
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PurposeList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    askPurpose: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPurpose"];
            };
        };
        responses: {
            /** @description It waits for another officer */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AskedPurpose"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    decidePurpose: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                purpose_id: components["parameters"]["PurposeID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PurposeDecision"];
            };
        };
        responses: {
            /** @description Decided */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    listChildExports: {
        parameters: {
            query?: {
                limit?: number;
                /** @description next of the page before */
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChildExportList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    askChildExport: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewChildExport"];
            };
        };
        responses: {
            /** @description It can be taken, or waits */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AskedChildExport"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    decideChildExport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                export_id: components["parameters"]["ExportID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PurposeDecision"];
            };
        };
        responses: {
            /** @description Decided */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    takeChildExport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                export_id: components["parameters"]["ExportID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An encrypted workbook */
            200: {
                headers: {
                    "Content-Disposition"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    reportOpenings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description 2026-11 */
                month: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The report; of a month that goes on, until now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpeningMonth"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listCompanions: {
        parameters: {
            query?: {
                /** @description Only those; missing: all */
                part?: "due" | "ending" | "approved" | "over";
                limit?: number;
                /** @description next of the page before */
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page; empty for who is no child-care officer, coordinator or administrator */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CompanionList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    applyAsCompanion: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewCompanion"];
            };
        };
        responses: {
            /** @description It waits */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AppliedCompanion"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getMyCompanion: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Without a state for who never applied */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MyCompanion"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    signConduct: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Signature"];
            };
        };
        responses: {
            /** @description Signed */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    leaveCompanions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Leaving"];
            };
        };
        responses: {
            /** @description Ended */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    openCompanion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                companion_id: components["parameters"]["CompanionID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenedCompanion"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listCompanionOpenings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                companion_id: components["parameters"]["CompanionID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Newest first, two hundred at most */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpeningList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    askOffenceCheck: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                companion_id: components["parameters"]["CompanionID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Noted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    recordEvidence: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                companion_id: components["parameters"]["CompanionID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewEvidence"];
            };
        };
        responses: {
            /** @description Recorded */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordedEvidence"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    decideCompanion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                companion_id: components["parameters"]["CompanionID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CompanionDecision"];
            };
        };
        responses: {
            /** @description Decided */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    getSealingKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A point of P-256, uncompressed, base64url */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SealingKey"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    sendSealed: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SealedMessage"];
            };
        };
        responses: {
            /** @description It has arrived */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SealedAnswer"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listHelpNumbers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description In their order */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HelpNumberList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    setHelpNumbers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewHelpNumbers"];
            };
        };
        responses: {
            /** @description Set */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    listConcerns: {
        parameters: {
            query?: {
                /** @description Only those; missing: all */
                part?: "raised" | "reported" | "closed";
                limit?: number;
                /** @description next of the page before */
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page; empty for who is no child-care officer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConcernList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    openConcern: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                concern_id: components["parameters"]["ConcernID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was told and done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenedConcern"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    takeConcern: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                concern_id: components["parameters"]["ConcernID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is the caller's */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    actOnConcern: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                concern_id: components["parameters"]["ConcernID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewConcernStep"];
            };
        };
        responses: {
            /** @description Written */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WrittenStep"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    setConcernChild: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                concern_id: components["parameters"]["ConcernID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConcernChildNumber"];
            };
        };
        responses: {
            /** @description Set */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    showReporter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                concern_id: components["parameters"]["ConcernID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReporterReason"];
            };
        };
        responses: {
            /** @description Who */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConcernReporter"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    printConcern: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                concern_id: components["parameters"]["ConcernID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A PDF */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    closeConcern: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                concern_id: components["parameters"]["ConcernID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConcernOutcome"];
            };
        };
        responses: {
            /** @description Closed */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    listMyContacts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A part for each pairing, the newest thirty contacts in it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MyContactsList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listContactsToDecide: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Two hundred at most, the oldest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    decideContacts: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ContactDecisions"];
            };
        };
        responses: {
            /** @description Decided */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    listOverdueContacts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Three hundred at most; none for who is no child-care officer, coordinator or administrator */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OverdueList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    openContact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                contact_id: components["parameters"]["ContactID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The note */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactNote"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listPairingContacts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                pairing_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Two hundred at most */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listContactPlans: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description By code, the newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactPlanList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    addContactPlan: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewContactPlan"];
            };
        };
        responses: {
            /** @description Set */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    listToDos: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What there is, each kind once */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ToDoList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listPairings: {
        parameters: {
            query?: {
                /** @description Only those; missing: all */
                part?: "due" | "proposed" | "trial" | "active" | "paused" | "closed";
                limit?: number;
                /** @description next of the page before */
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page; empty for who is no officer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PairingList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    proposePairing: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPairing"];
            };
        };
        responses: {
            /** @description Volunteer, guardian and another officer are asked */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProposedPairing"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listMyPairings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Those that are open */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MyPairingList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getPairingDoor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How many there are */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PairingDoor"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    setPairingPin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PairingPin"];
            };
        };
        responses: {
            /** @description It holds */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    typePairingPin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PairingPin"];
            };
        };
        responses: {
            /** @description It need not be typed again for a while */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    shutPairings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    openMyPairing: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                pairing_id: components["parameters"]["PairingID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The pairing */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MyPairing"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    answerPairing: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                pairing_id: components["parameters"]["PairingID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PairingAnswer"];
            };
        };
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    getPairing: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                pairing_id: components["parameters"]["PairingID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The pairing */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListedPairing"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    recordGuardianAnswer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                pairing_id: components["parameters"]["PairingID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GuardianPairingAnswer"];
            };
        };
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    decidePairing: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                pairing_id: components["parameters"]["PairingID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PairingAnswer"];
            };
        };
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    reviewTrial: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                pairing_id: components["parameters"]["PairingID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TrialReview"];
            };
        };
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    pausePairing: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                pairing_id: components["parameters"]["PairingID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PairingPause"];
            };
        };
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    resumePairing: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                pairing_id: components["parameters"]["PairingID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    closePairing: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                pairing_id: components["parameters"]["PairingID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PairingEnd"];
            };
        };
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    transferPairing: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                pairing_id: components["parameters"]["PairingID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PairingTransfer"];
            };
        };
        responses: {
            /** @description The next one is asked */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProposedPairing"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    setSupervision: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                pairing_id: components["parameters"]["PairingID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Supervision"];
            };
        };
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    setAbsence: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                pairing_id: components["parameters"]["PairingID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Absence"];
            };
        };
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    readHandover: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                pairing_id: components["parameters"]["PairingID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Empty for nothing */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Handover"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listPairingChoices: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                child_id: components["parameters"]["ChildID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Those near the child first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PairingChoices"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    clearPairingPin: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                companion_id: components["parameters"]["CompanionID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    countTeamPairings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                team_id: components["parameters"]["TeamID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Counts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamPairings"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listHouseholds: {
        parameters: {
            query?: {
                /** @description The last number of the page before */
                before?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Fifty at most; none for who is no coordinator, child-care officer or administrator */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HouseholdList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    registerHousehold: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewHousehold"];
            };
        };
        responses: {
            /** @description How the record is called from now on */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegisteredHousehold"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    openHousehold: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                household_id: components["parameters"]["HouseholdID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenedHousehold"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    setHousehold: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                household_id: components["parameters"]["HouseholdID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HouseholdDetails"];
            };
        };
        responses: {
            /** @description Written */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    listHouseholdOfficers: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                household_id: components["parameters"]["HouseholdID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Coordinators and child-care officers of the region; the nearest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CareOfficerList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    handOverHousehold: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                household_id: components["parameters"]["HouseholdID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewCareOfficer"];
            };
        };
        responses: {
            /** @description It is theirs now */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    listHouseholdOpenings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                household_id: components["parameters"]["HouseholdID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Newest first; two hundred at most */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpeningList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    holdHousehold: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                household_id: components["parameters"]["HouseholdID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Hold"];
            };
        };
        responses: {
            /** @description Written */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    recordHouseholdConsent: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                household_id: components["parameters"]["HouseholdID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewFamilyConsent"];
            };
        };
        responses: {
            /** @description Somebody may help from now on */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordedConsent"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    withdrawHouseholdConsent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                household_id: components["parameters"]["HouseholdID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Closed */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    openAidCase: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                household_id: components["parameters"]["HouseholdID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewAidCase"];
            };
        };
        responses: {
            /** @description She is asked */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenedAidCase"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listAidCases: {
        parameters: {
            query?: {
                limit?: number;
                /** @description next of the page before */
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AidCaseList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listMyAidCases: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Open ones first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AidCaseList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listBrigadeAidCases: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Those that run, without those whose helper I am */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BrigadeAidCaseList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listHelperTeams: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                household_id: components["parameters"]["HouseholdID"];
                volunteer_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One or more; 404 for who is in none */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HelperTeamList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    countTeamAid: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                team_id: components["parameters"]["TeamID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Counts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamAid"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    answerAidCase: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                aid_case_id: components["parameters"]["AidCaseID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AidAnswer"];
            };
        };
        responses: {
            /** @description Who has the family's case is told */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    openMyFamily: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                aid_case_id: components["parameters"]["AidCaseID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What they are called, where they live, what they need, the plan */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HelpersFamily"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    planAidCase: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                aid_case_id: components["parameters"]["AidCaseID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AidPlan"];
            };
        };
        responses: {
            /** @description It waits */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    decideAidCase: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                aid_case_id: components["parameters"]["AidCaseID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AidDecision"];
            };
        };
        responses: {
            /** @description Decided */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    recordAidVisit: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                aid_case_id: components["parameters"]["AidCaseID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewAidVisit"];
            };
        };
        responses: {
            /** @description Kept */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordedAidVisit"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listAidVisitsToDecide: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Two hundred at most, the oldest first; none for who is no officer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AidVisitList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    decideAidVisits: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AidVisitDecisions"];
            };
        };
        responses: {
            /** @description Decided */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    findAidVisits: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The line's source, or its first eight characters */
                reference: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description None where there is none, or none of my regions */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AidVisitList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    reviewAidCase: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                aid_case_id: components["parameters"]["AidCaseID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewAidReview"];
            };
        };
        responses: {
            /** @description The next one is due in three months */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    clearHelperPin: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                aid_case_id: components["parameters"]["AidCaseID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    endAidCase: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                aid_case_id: components["parameters"]["AidCaseID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AidEnding"];
            };
        };
        responses: {
            /** @description The helper sees nothing of the family any more */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    setOffers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Offers"];
            };
        };
        responses: {
            /** @description Written */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    listMatchingRuns: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Twenty at most; none for who is no child-care officer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MatchingRunList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    runMatching: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewMatchingRun"];
            };
        };
        responses: {
            /** @description It is there to be decided */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MadeMatchingRun"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listMatchedPairs: {
        parameters: {
            query?: {
                /** @description The last n of the page before */
                after?: number;
            };
            header?: never;
            path: {
                run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A hundred at most */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MatchedPairList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    acceptPair: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                pair_id: components["parameters"]["PairID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PairAcceptance"];
            };
        };
        responses: {
            /** @description Volunteer, guardian and another officer are asked */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProposedPairing"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    refusePair: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                pair_id: components["parameters"]["PairID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PairRefusal"];
            };
        };
        responses: {
            /** @description Refused */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    listBatches: {
        parameters: {
            query?: {
                limit?: number;
                /** @description next of the page before */
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    makeBatch: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewBatch"];
            };
        };
        responses: {
            /** @description It is empty */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MadeBatch"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    openBatch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                batch_id: components["parameters"]["BatchID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What came in, is packed, out and acknowledged, place by place, and what is missing */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchSheet"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    countGoods: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                batch_id: components["parameters"]["BatchID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewCount"];
            };
        };
        responses: {
            /** @description Counted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    packBags: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                batch_id: components["parameters"]["BatchID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewBags"];
            };
        };
        responses: {
            /** @description Packed */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PackedBags"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    handOverBags: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                batch_id: components["parameters"]["BatchID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BagRange"];
            };
        };
        responses: {
            /** @description How many had not been yet */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HandedBags"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    printLabels: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                batch_id: components["parameters"]["BatchID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LabelRange"];
            };
        };
        responses: {
            /** @description A PDF */
            200: {
                headers: {
                    "Content-Disposition"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    exportBatch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                batch_id: components["parameters"]["BatchID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewGoodsExport"];
            };
        };
        responses: {
            /** @description An xlsx */
            200: {
                headers: {
                    "Content-Disposition"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    findBag: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                bag_code: components["parameters"]["BagCode"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Where it goes, and whether it was acknowledged */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Bag"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    acknowledgeBag: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                bag_code: components["parameters"]["BagCode"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Noted */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Bag"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listPublicWishes: {
        parameters: {
            query?: {
                limit?: number;
                /** @description next of the page before */
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublicWishes"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listWishes: {
        parameters: {
            query?: {
                limit?: number;
                /** @description next of the page before */
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WishList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    draftWish: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewMicroWish"];
            };
        };
        responses: {
            /** @description It waits for another officer */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DraftedWish"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listMyWishes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Those to do first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublicWishList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    decideWish: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                wish_id: components["parameters"]["WishID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WishDecision"];
            };
        };
        responses: {
            /** @description Decided */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    claimWish: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                wish_id: components["parameters"]["WishID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is mine for two weeks */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    returnWish: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                wish_id: components["parameters"]["WishID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is everybody's again */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    fulfilWish: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                wish_id: components["parameters"]["WishID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Noted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    withdrawWish: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                wish_id: components["parameters"]["WishID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is not public any more */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    getLogCheckpoint: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A signed note (C2SP tlog-checkpoint), and the public keys */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Checkpoint"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listDeadLetters: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The oldest two hundred, and the last that were carried out after all */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeadLetters"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    redriveDeadLetters: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeadLetterChoice"];
            };
        };
        responses: {
            /** @description They are asked for */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
}
