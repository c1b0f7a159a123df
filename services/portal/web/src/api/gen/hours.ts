// Generated from services/hours/openapi.yaml by "npm run generate". Do not edit.

export interface paths {
    "/me/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** My hours this month, this year and ever */
        get: operations["getMySummary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** My ledger lines, newest first */
        get: operations["listMyEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/boards": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The first 50 of a board */
        get: operations["getBoard"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/boards/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** My own place on a board */
        get: operations["getMyRank"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/boards/per-member": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The brigades of a region by hours per active member, and how many volunteers hold which star
         * @description For officers of that region or one above it. Brigades with fewer active members than `fewest` are left out.
         */
        get: operations["getPerMemberBoard"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/boards/exports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a board out as xlsx
         * @description For officers of the board's region, of a programme's for any officer. What the page shows, no more; it says that it is only to encourage. Every export is recorded.
         */
        post: operations["exportBoard"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/boards/switches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether a region has boards, and what was set */
        get: operations["listBoardSwitches"];
        put?: never;
        /**
         * Say whether a region and all below it have boards, from a day on
         * @description For who decides for the region. Switched off, its boards answer boards_off, 404. A programme's boards are the city's.
         */
        post: operations["switchBoards"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The four figures of a region, live */
        get: operations["getOverview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/overview/areas": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was given this month in the parts of a region */
        get: operations["listAreas"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/wall": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow what a screen on a wall shows of a region
         * @description For who has the key of one of the region's links, without sign-in, and for its officers. Nothing that a board would not show.
         */
        get: operations["followWall"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/displays": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The links of screens of a region and of those below it */
        get: operations["listDisplays"];
        put?: never;
        /**
         * Make a link with which a screen shows the wall of a region without sign-in
         * @description For who decides for the region. A repeat makes another link, for the key is not kept.
         */
        post: operations["makeDisplay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/displays/{display_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Make a screen's link worthless */
        delete: operations["endDisplay"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/figures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a region gave in a period, as a whole and by its divisions, reporting units or brigades
         * @description Divisions and brigades are as of the position; what each figure counts is in docs/figures.md. A region without divisions below it answers by team.
         */
        get: operations["getFigures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/teams/{team_id}/hours": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a brigade and each of its members gave this month and this year
         * @description For who leads it, and for officers of its region. Members without service this year are not listed.
         */
        get: operations["getTeamHours"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Everything that hours holds about me, as a workbook
         * @description Lines, what did not count, questions, stars, requests and certificates. Made on demand, kept nowhere.
         */
        get: operations["getMyFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/teams/{team_id}/entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The lines of a brigade in a period, newest first
         * @description For who leads it, all; for officers those given in a region of theirs.
         */
        get: operations["listTeamEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/publicity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What of a region's hours may be objected to now, by brigade, and for how many days that is set */
        get: operations["getPublicity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/teams/{team_id}/publicity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What of a brigade's hours anybody may object to now
         * @description For anybody, without sign-in; names only with consent.
         */
        get: operations["listTeamPublicity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/publicity/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set for how many days a region's hours are open to objections, from a day on
         * @description For who decides for the region. What is posted already keeps its day; a second setting for the same day replaces the first.
         */
        post: operations["setPublicity"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/uncounted": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was confirmed for me and does not count, or not in full */
        get: operations["listMyUncounted"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/star": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** My star, and what the next one needs */
        get: operations["getMyStar"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/star-rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How stars are reached, and since when */
        get: operations["listStarRules"];
        put?: never;
        /** Set how stars are reached from a day on */
        post: operations["setStarRule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/held-credits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What could not be credited because the same time counts already */
        get: operations["listHeldCredits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/held-credits/{held_id}/decision": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Credit some of its time after all, or close it */
        post: operations["decideHeldCredit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/day-caps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The most that counts of one person's day, and since when */
        get: operations["listDayCaps"];
        put?: never;
        /** Set a cap from a day on */
        post: operations["setDayCap"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ledger/checkpoint": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The newest signed checkpoint of the ledger's log
         * @description For anybody, to keep. A signed note (C2SP tlog-checkpoint) with the log's name, how many lines it holds, and their root.
         */
        get: operations["getCheckpoint"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ledger/checkpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All checkpoints that were ever signed, a thousand at a time
         * @description For anybody, to keep and to check exports with.
         */
        get: operations["listCheckpoints"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ledger/growth": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a witness reads before it co-signs
         * @description For anybody. The newest checkpoint, and the proof that it begins with what the log was with so many lines (the body of C2SP tlog-witness's add-checkpoint).
         */
        get: operations["getGrowth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ledger/witnesses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who co-signs the ledger's checkpoints, and how far they did
         * @description For anybody. Those that are none any more stay in the list.
         */
        get: operations["listWitnesses"];
        put?: never;
        /**
         * Register an organisation that co-signs checkpoints, by its public key
         * @description For administrators of the city.
         */
        post: operations["addWitness"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ledger/witnesses/{witness_id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take no more signatures of a witness
         * @description For administrators of the city. What it signed stays.
         */
        post: operations["endWitness"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ledger/cosignatures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give back a checkpoint that a witness co-signed
         * @description For anybody, without sign-in. The signature speaks for itself; those of registered witnesses under a checkpoint of this ledger are kept, once. Many that are none, from one address, are refused for ten minutes.
         */
        post: operations["cosign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/service-certificates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** My certificates of service, and what another would say */
        get: operations["listMyCertificates"];
        put?: never;
        /**
         * Ask for a certificate of my settled service
         * @description It costs nothing and needs no reason.
         */
        post: operations["askForCertificate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/service-certificate-requests/{request_id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take back what I have asked for */
        post: operations["withdrawCertificateRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service-certificates/{certificate_id}/pdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A certificate on paper
         * @description For its volunteer, and for coordinators and administrators of the region, of whom it is recorded.
         */
        get: operations["drawCertificate"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service-certificate-requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What waits to be issued in a region, longest first */
        get: operations["listCertificateRequests"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service-certificate-requests/issue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Issue what was asked for, one or many
         * @description For coordinators and administrators of the issuing office. Of each request it is said what became of it.
         */
        post: operations["issueCertificates"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service-certificate-issuers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Under whose name the office of a region issues */
        get: operations["listCertificateIssuers"];
        put?: never;
        /**
         * Say how the office of a region issues, from a day on
         * @description For administrators of the region. Certificates that are issued do not change.
         */
        post: operations["setCertificateIssuer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/entries/{entry_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One line of the ledger, for whoever wants to ask about it
         * @description For whom it is about, who leads the brigade, officers of its region, and, while it is open to objections, anybody signed in.
         */
        get: operations["getEntry"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/entries/{entry_id}/proof": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where a line is in the ledger's log, with the proof
         * @description For whom it is about, who leads the brigade and officers of its region. Before a checkpoint holds the line it answers not_in_log_yet, 404.
         */
        get: operations["proveLine"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/entries/{entry_id}/corrections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say that a line is not right, and what it should be
         * @description No minutes means that it did not happen. Another person decides; one question about a line at a time.
         */
        post: operations["askCorrection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/corrections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Questions about lines */
        get: operations["listCorrections"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/corrections/{correction_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A question about a line, and how it was decided */
        get: operations["getCorrection"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/corrections/{correction_id}/decide": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Decide a question about a line
         * @description By those with whom it lies, but for who asked, whom it is about, and who confirmed the line when they lead the brigade.
         */
        post: operations["decideCorrection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/corrections/{correction_id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take my question back */
        post: operations["withdrawCorrection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service-certificates/{certificate_id}/proof": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The proof that the hours of a certificate of mine are in the ledger's log
         * @description A file for qihe-verify, with the lines, their leaves and the way to the signed checkpoint, and my own salt. For its volunteer only.
         */
        get: operations["proveCertificate"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service-certificates/check/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What became of a certificate
         * @description For anybody who holds it. What is no code and what is nobody's are answered alike; many of these from one address are refused for ten minutes.
         */
        get: operations["checkCertificate"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service-certificates/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What became of many certificates
         * @description For anybody. A line holds a code, or a number and the whole name in any order; a number alone says nothing.
         */
        post: operations["checkCertificates"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service-certificates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The register of a region, newest first */
        get: operations["listCertificates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service-certificates/{certificate_id}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say that a certificate counts no more
         * @description For coordinators and administrators of the issuing office. It stays in the register.
         */
        post: operations["revokeCertificate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service-certificates/{certificate_id}/replace": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Issue the same anew in its place
         * @description With what is known of person and hours now, under a number of its own. For coordinators and administrators of the issuing office.
         */
        post: operations["replaceCertificate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service-certificate-exports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a year of the register out as xlsx
         * @description For coordinators and administrators of the region. Names are in it; every export is recorded.
         */
        post: operations["exportCertificates"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/history-imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Imports out of paper registers
         * @description With team_id those of a brigade, for who keeps its register. Without, those that my regions handed in, the waiting first.
         */
        get: operations["listHistoryImports"];
        put?: never;
        /** Begin an import for a brigade, or go on with mine */
        post: operations["openHistoryImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/history-imports/{import_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An import with its rows and what is wrong with them */
        get: operations["getHistoryImport"];
        put?: never;
        post?: never;
        /** Drop my draft, with all that was uploaded */
        delete: operations["discardHistoryImport"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/history-imports/{import_id}/rows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * What I typed, all of it each time
         * @description A place that the file has stands for that row; all else are rows of their own.
         */
        put: operations["enterHistoryRows"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/history-imports/{import_id}/marked": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** My own file with red cells and reasons */
        get: operations["getMarkedHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/history-imports/{import_id}/submit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Hand my import in, whole or not at all */
        post: operations["submitHistoryImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/history-imports/{import_id}/decide": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve an import, or send it back
         * @description For who decides for the region, but for the uploader and whoever is in a row that stands.
         */
        post: operations["decideHistoryImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/history-files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Upload the rows of my import, xlsx or CSV
         * @description The body is the file itself, at most 5 MB. It takes the place of the one before.
         */
        post: operations["uploadHistoryFile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/history-pages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add a picture of the register's pages to my import
         * @description The body is the file: JPEG or PNG, at most 4 MB, encoded anew without what its camera wrote; or a PDF, at most 8 MB. Kept sealed.
         */
        post: operations["addHistoryPage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/history-pages/{page_id}/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A page of a register
         * @description For its uploader until it was approved, and for who decides for the region once it was handed in, which is recorded.
         */
        post: operations["readHistoryPage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/history-pages/{page_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take a page out of my draft */
        delete: operations["dropHistoryPage"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/history-template": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An empty list to fill in */
        get: operations["getHistoryTemplate"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/report-forms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a region and those below it report, with their periods */
        get: operations["listReportForms"];
        put?: never;
        /**
         * Upload a workbook as a form, or as the next version of one
         * @description The body is the xlsx itself, at most 3 MB. For who decides for the region. Cells with a placeholder such as {{服务时长}} are
         *     bound at once; bindings of the version before stay where the file still has their cells.
         *
         */
        post: operations["uploadReportForm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/report-forms/sample": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A form to begin with, its cells full of placeholders */
        get: operations["getSampleReportForm"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/report-forms/{form_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A form as it is set up, and what its cells can be bound to */
        get: operations["getReportForm"];
        /**
         * Say anew how a form is filled, from a day on
         * @description For who decides for the form's region. It becomes a further version; reports that were frozen keep theirs.
         */
        put: operations["setReportForm"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/report-forms/{form_id}/reports/{period}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A period's report, filled */
        get: operations["getReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/report-forms/{form_id}/reports/{period}/entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is behind a figure */
        get: operations["listReportEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/report-forms/{form_id}/reports/{period}/signatures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign a frozen report (填表人, 审核人, 负责人)
         * @description Any officer of the region fills; another person who decides for it reviews; then who is in charge.
         */
        post: operations["signReport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/report-forms/{form_id}/reports/{period}/send-back": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Freeze a report anew, with a reason
         * @description For who decides for the form's region. The one before stays as it is.
         */
        post: operations["sendReportBack"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/report-forms/{form_id}/reports/{period}/exports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a report out, as the filled form or on A4
         * @description Every export is recorded.
         */
        post: operations["exportReport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/national-records": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How the five groups are written, and what was sent */
        get: operations["getNationalRecords"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/national-mappings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add a version of the mapping
         * @description For administrators of the city. Either the sheets as they were edited, or a template, the xlsx itself with headings in the first row
         *     of its sheets: those that mean one of our fields are bound, the others are left empty. Earlier versions stay.
         *
         */
        post: operations["setNationalMapping"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/national-records/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a batch would have now, and what is kept back and why
         * @description For who decides for the region. Nobody's identity is read for it.
         */
        get: operations["checkNationalRecords"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/national-batches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a batch of what is new and changed
         * @description For administrators of the city, with a second factor. What is in a batch is in no other; its file is taken apart.
         */
        post: operations["makeNationalBatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/national-batches/{batch_id}/takings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take the file of a batch
         * @description As for making it, for seven days. The file is made anew each time; rows that are no longer what was promised are left out and go with
         *     the next batch. Every taking is recorded, and that each person's identity was read.
         *
         */
        post: operations["takeNationalBatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/national-answers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Read what came back for a batch
         * @description The body is the xlsx or CSV itself. For administrators of the city. The same file twice changes nothing.
         */
        post: operations["answerNationalBatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Follow the ledger as it grows */
        get: operations["followLedger"];
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
        NationalGroup: "basic" | "service" | "training" | "honour" | "complaint";
        NationalColumn: {
            /** @description Of the group's fields; empty: the column is left empty */
            field: string;
            heading: string;
            /** @description The field's code over there, as the city was told it */
            code: string;
            required: boolean;
            /** @description Of a day: yyyy-mm-dd, yyyy/mm/dd, yyyymmdd, yyyy年m月d日; of hours: 0, 1 or 2 decimals */
            format: string;
            /** @description What is written instead of words */
            codes: components["schemas"]["NationalWordCode"][];
        };
        NationalWordCode: {
            /** @description As in the field's words */
            word: string;
            code: string;
        };
        NationalSheet: {
            group: components["schemas"]["NationalGroup"];
            name: string;
            columns: components["schemas"]["NationalColumn"][];
        };
        NationalSheets: {
            sheets: components["schemas"]["NationalSheet"][];
        };
        NationalRecords: {
            /** @description The reader sets the mapping and makes batches */
            may_send: boolean;
            /** @description Of the sheets */
            version: number;
            sheets: components["schemas"]["NationalSheet"][];
            fields: components["schemas"]["NationalField"][];
            versions: components["schemas"]["NationalVersion"][];
            batches: components["schemas"]["NationalBatch"][];
        };
        NationalField: {
            group: components["schemas"]["NationalGroup"];
            field: string;
            name: string;
            /** @description text | day | time | hours | minutes | word */
            kind: string;
            words: {
                [key: string]: string;
            };
        };
        NationalVersion: {
            version: number;
            /** @description The template's name; empty: edited by hand, or shipped */
            source: string;
            /** @description Name; empty: shipped */
            set_by: string;
            /** Format: date-time */
            set_at?: string;
        };
        NationalBatch: {
            /** Format: uuid */
            batch_id: string;
            number: number;
            region_name: string;
            /** @description Empty: from the beginning */
            from: string;
            to: string;
            version: number;
            purpose: string;
            made_by: string;
            /** Format: date-time */
            made_at: string;
            /** Format: date-time */
            expires_at: string;
            /** @description Its file may be taken */
            open: boolean;
            taken: boolean;
            answered: boolean;
            unknown: number;
            /** @description Of service in rows that were accepted */
            our_minutes: number;
            their_minutes: number;
            counts: components["schemas"]["NationalBatchCount"][];
        };
        NationalBatchCount: {
            group: components["schemas"]["NationalGroup"];
            /** @description sent | left_out | accepted | refused | missing */
            state: string;
            rows: number;
        };
        NationalCheck: {
            region_code: string;
            region_name: string;
            from: string;
            to: string;
            version: number;
            /** @description That there are to send now */
            rows: number;
            /** @description Of one batch */
            most_rows: number;
            counts: components["schemas"]["NationalCount"][];
            codes: components["schemas"]["NationalCode"][];
            /** @description The 200 with most */
            teams: components["schemas"]["NationalTeam"][];
            /** @description The first 300 */
            problems: components["schemas"]["NationalProblem"][];
            all_problems: number;
        };
        NationalCount: {
            group: components["schemas"]["NationalGroup"];
            total: number;
            new: number;
            changed: number;
            withdrawn: number;
            /** @description As they are now */
            sent: number;
            /** @description Kept back */
            held: number;
        };
        NationalCode: {
            /** @description no_consent | no_guardian | lacks | wrong | not_settled | in_question | of_person | refused | cannot_tell */
            code: string;
            records: number;
        };
        NationalTeam: {
            /** @description Empty: of no brigade of the region */
            team_id: string;
            team_name: string;
            records: number;
            codes: components["schemas"]["NationalCode"][];
        };
        NationalProblem: {
            group: components["schemas"]["NationalGroup"];
            code: string;
            /** @description Our heading of it */
            field: string;
            reason: string;
            /** Format: uuid */
            volunteer_id: string;
            team_id: string;
            team_name: string;
            number: string;
            name: string;
            /**
             * Format: uuid
             * @description Of service the line of the ledger
             */
            subject_id: string;
            about: string;
            day: string;
        };
        NewNationalBatch: {
            region: string;
            from?: string;
            to?: string;
            purpose: string;
            /** @description Also what was refused and is as it was */
            again?: boolean;
        };
        NationalAnswer: {
            accepted: number;
            refused: number;
            missing: number;
            unknown: number;
            hours_differ: number;
            /** @description Of service, in rows that were accepted and say their hours */
            our_minutes: number;
            their_minutes: number;
            /** @description The first 300 that somebody should look at */
            rows: components["schemas"]["NationalAnswerRow"][];
            all_rows: number;
        };
        NationalAnswerRow: {
            /** @description refused | missing | unknown | twice | unclear | hours */
            kind: string;
            group: string;
            /** @description Of the file; 0: of none */
            line: number;
            /** @description Our row number */
            row: string;
            volunteer_id: string;
            team_name: string;
            name: string;
            reason: string;
            our_minutes: number;
            their_minutes: number;
        };
        ReportFormList: {
            /** @description The reader may add forms of the region */
            may_set: boolean;
            items: components["schemas"]["ListedReportForm"][];
        };
        ListedReportForm: {
            /** Format: uuid */
            id: string;
            name: string;
            region_code: string;
            region_name: string;
            period_kind: string;
            periods: components["schemas"]["ReportState"][];
        };
        ReportState: {
            /** @example 2026-11 */
            period: string;
            /** @example 2026-11-25 */
            cut_off: string;
            /** @description Of the newest frozen report; 0: none yet */
            version: number;
            /** @description By how many of three */
            signed: number;
        };
        UploadedReportForm: {
            /** Format: uuid */
            form_id: string;
            /** @description Cells that are bound */
            bound: number;
            /** @description Cells whose placeholder is not understood */
            wrong: string[];
        };
        ReportBinding: {
            sheet: string;
            /** @example B3 */
            cell: string;
            /** @enum {string} */
            text?: "period" | "office" | "addressee" | "filler" | "reviewer" | "head" | "date";
            /** @example service_hours */
            indicator?: string;
            /** Format: uuid */
            programme_id?: string;
            region_code?: string;
            reporting_unit?: string;
            proof?: components["schemas"]["Proof"];
            /** @description Absent: the period */
            span?: string;
        };
        ReportFormSettings: {
            name: string;
            addressee: string;
            /** @description Of the month in which the period ends; 0: its last */
            cut_off_day: number;
            /** @description Of the month after */
            cut_off_next: boolean;
            /** @description Counts from the cut-off day before to this one, not by the calendar */
            cut_to_cut: boolean;
            valid_from: string;
            bindings: components["schemas"]["ReportBinding"][];
        };
        ReportForm: {
            /** Format: uuid */
            id: string;
            period_kind: string;
            region_code: string;
            region_name: string;
            version: number;
            file_name: string;
            may_set: boolean;
            settings: components["schemas"]["ReportFormSettings"];
            sheets: components["schemas"]["ReportSheet"][];
            indicators: components["schemas"]["ReportIndicator"][];
            programmes: components["schemas"]["ReportChoice"][];
            regions: components["schemas"]["ReportChoice"][];
            reporting_units: string[];
        };
        ReportChoice: {
            id: string;
            name: string;
        };
        ReportIndicator: {
            code: string;
            /** @description In the language asked for */
            name: string;
            /** @description How it is counted */
            says: string;
            /** @description Minutes, shown as hours to a tenth */
            hours: boolean;
            by_programme: boolean;
            by_proof: boolean;
        };
        ReportSheet: {
            name: string;
            /** @description Widths, in characters */
            columns: number[];
            rows: components["schemas"]["ReportSheetCell"][][];
        };
        ReportSheetCell: {
            at: string;
            text?: string;
            /** @description How many it takes; absent: 1 */
            columns?: number;
            rows?: number;
            bold?: boolean;
            align?: string;
            formula?: boolean;
        };
        Report: {
            /** Format: uuid */
            form_id: string;
            name: string;
            region_name: string;
            addressee: string;
            period: string;
            period_name: string;
            cut_off: string;
            first_day: string;
            last_day: string;
            /** @description 0: not frozen yet */
            version: number;
            /**
             * Format: int64
             * @description Lines of the ledger's log up to which it counts
             */
            log_size: number;
            versions: components["schemas"]["FrozenReport"][];
            sheets: components["schemas"]["ReportSheet"][];
            cells: components["schemas"]["ReportCell"][];
            /** @description The reader may send it back */
            may_decide: boolean;
            /**
             * @description Who signs next; absent: nobody
             * @enum {string}
             */
            next_role?: "" | "filler" | "reviewer" | "head";
            /** @description The reader may sign next */
            may_sign: boolean;
            /** @description Why not */
            may_not?: string;
        };
        FrozenReport: {
            version: number;
            /** Format: date-time */
            frozen_at: string;
            /** @description Why it was frozen anew */
            reason?: string;
            /** @description Name; absent: the clock */
            made_by?: string;
            signatures: components["schemas"]["ReportSignature"][];
        };
        ReportSignature: {
            role: string;
            name: string;
            /** Format: date-time */
            at: string;
        };
        ReportCell: {
            sheet: string;
            cell: string;
            name: string;
            says?: string;
            /** @description No figure: a text of the report */
            text?: boolean;
            narrowed?: string;
            hours?: boolean;
            first_day?: string;
            last_day?: string;
            /**
             * Format: int64
             * @description Minutes, or how many
             */
            value?: number;
            /** Format: int64 */
            now?: number;
            differences?: components["schemas"]["ReportDifference"][];
        };
        ReportDifference: {
            /** @description late | corrected | settled | held | activity | brigade | records */
            why: string;
            /** @description Why a question about a line was found right */
            reason?: string;
            lines: number;
            /** Format: int64 */
            minutes: number;
        };
        ReportEntryPage: {
            /** @description lines | settled | activities | brigades */
            kind: string;
            items: components["schemas"]["ReportEntry"][];
            next?: string;
        };
        ReportEntry: {
            /**
             * Format: uuid
             * @description Of the line, the shift, the brigade
             */
            id: string;
            day: string;
            title: string;
            person?: string;
            /** Format: uuid */
            person_id?: string;
            team?: string;
            proof?: components["schemas"]["Proof"];
            minutes?: number;
            times?: number;
            served?: number;
            reason?: string;
        };
        NewReportSignature: {
            /** @description The one that was read */
            version: number;
            /** @enum {string} */
            role: "filler" | "reviewer" | "head";
        };
        ReportSendBack: {
            /** @description The one that was read */
            version: number;
            reason: string;
        };
        NewReportExport: {
            /** @description 0: the newest, or a preview when none was frozen */
            version: number;
            /** @enum {string} */
            format: "xlsx" | "pdf";
            purpose: string;
        };
        /** @enum {string} */
        Proof: "scanned" | "on_site" | "entered_later" | "own_word";
        UncountedList: {
            items: components["schemas"]["Uncounted"][];
        };
        Uncounted: {
            /** Format: uuid */
            source_id: string;
            title: string;
            /** @example 2026-11-26 */
            day: string;
            /**
             * @description waiting: the same time counts for something else and somebody looks; closed: they found that it does not count; moment: minutes at two gates count once
             * @enum {string}
             */
            why: "waiting" | "closed" | "moment" | "day_cap" | "programme_cap";
            /** @description Minutes of a day, with a cap */
            cap?: number;
            /** @description Of who closed it */
            reason?: string;
            confirmed_minutes: number;
            credited_minutes: number;
        };
        MyStar: {
            level: number;
            /**
             * @description Absent without a star
             * @example 2026-11-26
             */
            since?: string;
            settled_minutes: number;
            /** @description What the next star needs; absent at the top */
            next_minutes?: number;
            /** @description How many there are */
            levels: number;
            /** @description Something upheld lies back; no star is reached for now */
            waits: boolean;
            /** @description For how long nothing upheld may lie back */
            clean_months?: number;
        };
        StarRuleList: {
            /** @example 2026-11-26 */
            today: string;
            may_set: boolean;
            items: components["schemas"]["StarRule"][];
        };
        StarRule: {
            /** @example 2026-12-01 */
            valid_from: string;
            hours: number[];
            clean_months: number;
            reason: string;
            /** @description Empty: Qihe's first rules */
            set_by: string;
            /** Format: date-time */
            set_at: string;
        };
        NewStarRule: {
            valid_from: string;
            hours: number[];
            clean_months: number;
            reason: string;
        };
        HeldCreditList: {
            items: components["schemas"]["HeldCredit"][];
        };
        HeldCredit: {
            /** Format: uuid */
            held_id: string;
            volunteer: string;
            /** Format: date-time */
            held_at: string;
            /** @description False to the person and to whoever confirmed it */
            may_decide: boolean;
            this: components["schemas"]["HeldSide"];
            other: components["schemas"]["HeldSide"];
        };
        /** @description One of two services at the same time */
        HeldSide: {
            title: string;
            team_name: string;
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            minutes: number;
            proof: components["schemas"]["Proof"];
            confirmed_by: string;
        };
        /** @description A time that is credited; without one it is closed and nothing is credited */
        HeldCreditDecision: {
            /** Format: date-time */
            from?: string;
            /** Format: date-time */
            to?: string;
            reason: string;
        };
        DayCapList: {
            /** @example 2026-11-26 */
            today: string;
            may_set: boolean;
            items: components["schemas"]["DayCap"][];
        };
        DayCap: {
            /**
             * Format: uuid
             * @description Absent: of all programmes together
             */
            programme_id?: string;
            programme_name?: string;
            /** @example 2026-12-01 */
            valid_from: string;
            /** @description 0: no cap */
            minutes: number;
            reason: string;
            set_by: string;
            /** Format: date-time */
            set_at: string;
        };
        NewDayCap: {
            /**
             * Format: uuid
             * @description Absent: of all programmes together
             */
            programme_id?: string;
            valid_from: string;
            minutes: number;
            reason: string;
        };
        CheckpointPage: {
            /** @description Public keys in the form of signed notes; two while one is changed for another */
            keys: string[];
            items: components["schemas"]["Checkpoint"][];
        };
        Checkpoint: {
            /**
             * Format: int64
             * @description Lines of the ledger that the log held
             */
            size: number;
            /** @description As it was signed */
            note: string;
            /** Format: date-time */
            signed_at: string;
        };
        LineProof: {
            /**
             * Format: int64
             * @description Its place in the log, from 0
             */
            index: number;
            /** @description Base64 */
            leaf_hash: string;
            /** @description From its leaf to the root */
            hashes: number;
            /**
             * Format: int64
             * @description Lines of the log at the checkpoint
             */
            size: number;
            /** Format: date-time */
            signed_at: string;
            /** @description The signed note */
            checkpoint: string;
            /** @description Names of those who co-signed it */
            witnesses: string[];
            /** @description To save, for qihe-verify --line */
            file: string;
        };
        WitnessList: {
            /** @description Public keys of the log itself */
            keys: string[];
            items: components["schemas"]["Witness"][];
        };
        Witness: {
            /** Format: uuid */
            witness_id: string;
            name: string;
            /** @description Public; whoever checks gives it to qihe-verify */
            key: string;
            reason: string;
            /** Format: date-time */
            since: string;
            /**
             * Format: int64
             * @description Lines of the longest checkpoint that it co-signed. 0 when it has signed none
             */
            size: number;
            /** @description That checkpoint, with all that co-signed it */
            note: string;
            /**
             * Format: date-time
             * @description When, by its own clock
             */
            signed_at?: string;
            /** @description There are longer checkpoints */
            behind: boolean;
            /** @description They have been there for more than a week */
            silent: boolean;
            /** @description It is no witness any more */
            ended: boolean;
            /** Format: date-time */
            ended_at?: string;
            end_reason?: string;
        };
        NewWitness: {
            name: string;
            key: string;
            reason: string;
        };
        WitnessEnd: {
            reason: string;
        };
        CosignedNote: {
            note: string;
        };
        CosignedCount: {
            witnesses: number;
        };
        MySummary: {
            month_minutes: number;
            year_minutes: number;
            total_minutes: number;
            training_minutes: number;
            /** @description Out of paper registers; never added to the others */
            imported_minutes: number;
            /** @description Of the total: what may not be objected to any more */
            settled_minutes: number;
            entries: number;
            months: components["schemas"]["MonthMinutes"][];
        };
        /** @description The last twelve months, oldest first */
        MonthMinutes: {
            /** @example 2026-11 */
            month: string;
            minutes: number;
        };
        Entry: {
            /** Format: uuid */
            entry_id: string;
            /** Format: uuid */
            team_id: string;
            team_name: string;
            programme_name: string;
            /** @description What the activity was called */
            title: string;
            /** @description Negative in a reversal */
            minutes: number;
            /** @enum {string} */
            kind: "service" | "training" | "adjustment" | "reversal" | "import";
            proof: components["schemas"]["Proof"];
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            /** @description Name of who confirmed it */
            confirmed_by: string;
            /** Format: date-time */
            confirmed_at: string;
            /** Format: date-time */
            recorded_at: string;
            /** Format: uuid */
            source_id: string;
            /**
             * @description What source_id names; contact: a visit or a call, by a reference that says nothing else
             * @enum {string}
             */
            source?: "attendance" | "contact" | "entry" | "correction" | "import";
            /**
             * @description open: it may be objected to; held: somebody did, and it is not decided; settled: it counts for good; reversed: another line has taken it back
             * @enum {string}
             */
            settling: "open" | "held" | "settled" | "reversed";
            /**
             * Format: date
             * @description While it is open: the last day on which it may be objected to
             */
            open_until?: string;
            question?: components["schemas"]["EntryQuestion"];
            register?: components["schemas"]["RegisterProof"];
        };
        /** @description Of history, how it was proved */
        RegisterProof: {
            /** @description Of the paper register, by the number of its picture; 0: not said */
            page: number;
            entered_by: string;
            approved_by: string;
        };
        NewHistoryImport: {
            /** Format: uuid */
            team_id: string;
        };
        HistoryImportList: {
            items: components["schemas"]["HistoryImport"][];
        };
        HistoryImport: {
            /** Format: uuid */
            import_id: string;
            /** Format: uuid */
            team_id: string;
            team_name: string;
            /** @enum {string} */
            state: "draft" | "submitted" | "returned" | "approved";
            /** @description Name of who entered it */
            uploader: string;
            /** @description Name of who decided */
            decider?: string;
            /** @description Why it was sent back */
            reason?: string;
            /** @description I entered it */
            mine: boolean;
            may_decide: boolean;
            /** @description The code of the problem that keeps me from deciding */
            why_not?: string;
            /** @description At the pages */
            may_look: boolean;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            submitted_at?: string;
            /** Format: date-time */
            decided_at?: string;
            /** @description That are not struck */
            rows: number;
            /** @description Of them: what must be put right */
            to_fix: number;
            minutes: number;
            page_count: number;
            file_name?: string;
            /** @description Of one import */
            lines?: components["schemas"]["HistoryLine"][];
            /** @description Of a draft: places of the file's rows that are left out */
            dropped?: number[];
            pages?: components["schemas"]["HistoryPage"][];
            /** @description Whom a row can be about; of a draft */
            people?: components["schemas"]["HistoryPerson"][];
        };
        HistoryLine: {
            /**
             * Format: uuid
             * @description Once it was handed in
             */
            row_id?: string;
            place: number;
            /** @description Of the file */
            line?: number;
            /**
             * Format: uuid
             * @description Missing: nobody was found
             */
            volunteer_id?: string;
            /** @description Of the volunteer, or else as it is written */
            name: string;
            /**
             * Format: date
             * @description Missing: it could not be read
             */
            day?: string;
            title: string;
            /** @description 0: it could not be read */
            minutes: number;
            /** @description 0: not said */
            page: number;
            /** @description Typed by hand */
            entered: boolean;
            /** @description Why it does not count */
            struck?: string;
            findings: components["schemas"]["HistoryFinding"][];
        };
        HistoryFinding: {
            kind: string;
            /** @enum {string} */
            field: "name" | "number" | "phone" | "day" | "title" | "minutes" | "page";
            /** @description In the language of the request */
            text: string;
            /** @description It keeps nothing back */
            note: boolean;
        };
        HistoryPage: {
            /** Format: uuid */
            page_id: string;
            number: number;
            /** @enum {string} */
            kind: "jpeg" | "pdf";
            /** @description In bytes */
            size: number;
        };
        HistoryPerson: {
            /** Format: uuid */
            volunteer_id: string;
            name: string;
            /** @description Tells two of one name apart: the phone, masked, or the volunteer number */
            hint: string;
            /** @description Not a member now */
            former: boolean;
        };
        EnteredHistory: {
            rows: components["schemas"]["EnteredHistoryRow"][];
        };
        EnteredHistoryRow: {
            place: number;
            /** Format: uuid */
            volunteer_id?: string;
            /** Format: date */
            day?: string;
            title?: string;
            minutes?: number;
            page?: number;
            /** @description The file's row is left out */
            drop?: boolean;
        };
        HistoryDecision: {
            approve: boolean;
            /** @description Of sending it back */
            reason?: string;
            struck?: components["schemas"]["StruckHistoryRow"][];
        };
        StruckHistoryRow: {
            /** Format: uuid */
            row_id: string;
            reason: string;
        };
        /** @description The newest question about a line, or through which it came */
        EntryQuestion: {
            /** Format: uuid */
            correction_id: string;
            /** @enum {string} */
            state: "open" | "withdrawn" | "accepted" | "refused";
        };
        EntryFacts: {
            entry: components["schemas"]["Entry"];
            /** @description Whose it is; 王** for strangers */
            person: string;
            /**
             * @description In what part I would ask about it
             * @enum {string}
             */
            as: "volunteer" | "leader" | "officer" | "objector";
            /** @description A question about it is open; there is no second one */
            asked: boolean;
            /** @description It was corrected: what took its place is asked about */
            undone: boolean;
        };
        Span: {
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            minutes: number;
        };
        NewCorrection: {
            reason: string;
            /** @description What it should be; 0: it did not happen */
            minutes: number;
            /**
             * Format: date-time
             * @description With minutes
             */
            from?: string;
            /**
             * Format: date-time
             * @description With minutes
             */
            to?: string;
        };
        CorrectionDecision: {
            accept: boolean;
            reason: string;
            to?: components["schemas"]["Span"];
        };
        CorrectionList: {
            items: components["schemas"]["Correction"][];
            /** @description Give it as after to get the next page; absent on the last */
            next?: string;
        };
        Correction: {
            /** Format: uuid */
            correction_id: string;
            /** @enum {string} */
            state: "open" | "withdrawn" | "accepted" | "refused";
            /** @enum {string} */
            asked_as: "volunteer" | "leader" | "officer" | "objector" | "anomaly";
            /** @description Name; absent for an objector's, of whom the volunteer and the brigade do not hear */
            asked_by?: string;
            /** @description I asked */
            mine: boolean;
            /** Format: date-time */
            asked_at: string;
            reason: string;
            wanted: components["schemas"]["Span"];
            /** Format: uuid */
            entry_id: string;
            title: string;
            /** @description Whose line it is; 王** for strangers */
            person: string;
            /** Format: uuid */
            team_id: string;
            team_name: string;
            was: components["schemas"]["Span"];
            proof: components["schemas"]["Proof"];
            /** Format: date-time */
            confirmed_at: string;
            /**
             * @description With whom it lies: those who lead the brigade, or a federation
             * @enum {string}
             */
            turn: "leader" | "office";
            /** @description Names of those who lead with whom it lies */
            deciders: string[];
            /** @description Name of the federation with which it lies */
            office?: string;
            /**
             * Format: date
             * @description The last day; then it goes up
             */
            due_on: string;
            /** @description How often a last day went by */
            rises: number;
            /** @description It is mine to decide now */
            may_decide: boolean;
            /**
             * @description Why an open one is not
             * @enum {string}
             */
            may_not?: "own" | "confirmed" | "elsewhere";
            decided_by?: string;
            /**
             * Format: date-time
             * @description Or taken back at
             */
            decided_at?: string;
            /** @description Why */
            decision?: string;
            now?: components["schemas"]["Span"];
        };
        EntryPage: {
            items: components["schemas"]["Entry"][];
            /** @description Give it as after to get the next page; absent on the last */
            next?: string;
        };
        Board: {
            /** @enum {string} */
            subject: "volunteer" | "team" | "programme" | "county" | "township";
            scope: string;
            scope_name: string;
            period: string;
            /** @enum {string} */
            basis: "posted" | "settled";
            /**
             * Format: int64
             * @description As of this ledger position: the number of entries counted
             */
            position: number;
            /**
             * Format: date
             * @description Of what is settled: as of this day
             */
            settled_on?: string;
            /**
             * Format: int64
             * @description Of what is settled: the number of changes counted that questions made to it
             */
            settling_position?: number;
            /** Format: int64 */
            total_minutes: number;
            /** @description How many have hours here */
            subjects: number;
            rows: components["schemas"]["BoardRow"][];
        };
        BoardRow: {
            rank: number;
            /** @description Of a county or township its code */
            subject_id: string;
            /** @description A person without consent is shown as 王** */
            name: string;
            /** @description The team of a volunteer, the region of a team */
            detail: string;
            minutes: number;
        };
        PerMemberBoard: {
            region_code: string;
            region_name: string;
            period: string;
            /** Format: int64 */
            position: number;
            /**
             * Format: date
             * @description Of what is settled: as of this day
             */
            settled_on?: string;
            /** @description So many members must have served */
            fewest: number;
            /** @description Brigades with so many */
            ranked: number;
            /** @description Brigades with service of fewer */
            left: number;
            rows: components["schemas"]["PerMemberRow"][];
            stars: components["schemas"]["StarCounts"];
        };
        PerMemberRow: {
            rank: number;
            /** Format: uuid */
            team_id: string;
            name: string;
            /** @description Where it is at home */
            detail: string;
            /** Format: int64 */
            minutes: number;
            /**
             * Format: int64
             * @description Members who gave service in the period
             */
            active: number;
            /**
             * Format: int64
             * @description Minutes per active member, rounded down
             */
            each: number;
        };
        StarCounts: {
            /** @description How many hold one star, two and so on, today */
            whole: number[];
            parts: components["schemas"]["StarPart"][];
        };
        StarPart: {
            /** @description A division's; the region's own for who last served in none below it */
            code: string;
            name: string;
            counts: number[];
        };
        NewBoardExport: {
            /**
             * @description team_per_member, of a region: with how many hold which star
             * @enum {string}
             */
            subject: "volunteer" | "team" | "programme" | "county" | "township" | "team_per_member";
            /** @description region:4106 | programme:<id> | team:<id> */
            scope: string;
            /** @description As of a board */
            period: string;
            /** @enum {string} */
            basis: "posted" | "settled";
            purpose: string;
        };
        AreaList: {
            items: components["schemas"]["Area"][];
        };
        Area: {
            code: string;
            /** @description Code of the part in which it lies; missing for a part of the region itself */
            above?: string;
            name: string;
            /**
             * Format: int64
             * @description Of service, this month
             */
            minutes: number;
        };
        Wall: {
            region_code: string;
            region_name: string;
            /**
             * Format: int64
             * @description How many lines of the ledger are counted
             */
            position: number;
            /**
             * Format: date-time
             * @description When it was so
             */
            at: string;
            today: components["schemas"]["WallSum"];
            month: components["schemas"]["WallSum"];
            areas: components["schemas"]["Area"][];
            /** @description Empty where boards are switched off */
            boards: components["schemas"]["WallBoard"][];
            /** @description Credited last, the newest first */
            recent: components["schemas"]["WallActivity"][];
        };
        WallSum: {
            /** Format: int64 */
            minutes: number;
            /** Format: int64 */
            volunteers: number;
            /** Format: int64 */
            teams: number;
        };
        WallBoard: {
            /** @enum {string} */
            subject: "volunteer" | "team" | "programme";
            /** @description week:2026-W48 | month:2026-11 */
            period: string;
            rows: components["schemas"]["WallRow"][];
        };
        WallRow: {
            rank: number;
            /** @description A person without consent is shown as 王** */
            name: string;
            detail: string;
            minutes: number;
        };
        WallActivity: {
            team: string;
            title: string;
            /** @description Of all together */
            minutes: number;
            people: number;
            /** Format: date-time */
            at: string;
        };
        DisplayList: {
            may_set: boolean;
            items: components["schemas"]["Display"][];
        };
        Display: {
            /** Format: uuid */
            display_id: string;
            region_name: string;
            /** @description Where the screen hangs */
            label: string;
            /** @description Name */
            made_by: string;
            /** Format: date-time */
            made_at: string;
            /** Format: date-time */
            ends_at: string;
            good: boolean;
            /**
             * Format: date-time
             * @description When a screen opened it last
             */
            seen_at?: string;
            /** @description Name */
            ended_by?: string;
            /** Format: date-time */
            ended_at?: string;
        };
        NewDisplay: {
            region_code: string;
            label: string;
            days: number;
        };
        DisplayMade: {
            /** Format: uuid */
            display_id: string;
            /** @description Sixteen letters; nobody can read it again */
            key: string;
            /** Format: date-time */
            ends_at: string;
        };
        BoardSwitchList: {
            /** @description Today, by the region itself or by one above it */
            off: boolean;
            may_set: boolean;
            /** @description Of the region, of those above and of those below it; the last day first */
            items: components["schemas"]["BoardSwitch"][];
        };
        BoardSwitch: {
            region_name: string;
            /** Format: date */
            valid_from: string;
            off: boolean;
            reason: string;
            /** Format: date-time */
            set_at: string;
        };
        NewBoardSwitch: {
            region_code: string;
            /** @description A day of the city: 2026-12-01 */
            valid_from: string;
            off: boolean;
            reason: string;
        };
        MyRank: {
            /** Format: int64 */
            position: number;
            minutes: number;
            rank?: number;
            subjects: number;
            /** @description Who stands next to me and agreed to be seen, if I did too */
            before?: components["schemas"]["Neighbour"][];
            behind?: components["schemas"]["Neighbour"][];
        };
        Neighbour: {
            rank: number;
            /** @description A person without consent to be named is shown as 王** */
            name: string;
            /** @description Their team */
            detail: string;
            minutes: number;
        };
        Overview: {
            region_code: string;
            region_name: string;
            /** Format: int64 */
            position: number;
            /**
             * Format: date
             * @description Of last month: the last day that this month is compared with
             */
            compared_until: string;
            figures: components["schemas"]["Figure"][];
        };
        Figure: {
            /** @enum {string} */
            key: "minutes_today" | "minutes_month" | "volunteers_month" | "services_month" | "teams_month";
            /** Format: int64 */
            value: number;
            /**
             * Format: int64
             * @description The same figure one period before: all of yesterday; last month until the same day
             */
            previous: number;
        };
        Sums: {
            /**
             * Format: int64
             * @description Of service
             */
            minutes: number;
            /**
             * Format: int64
             * @description 人次: lines that count
             */
            services: number;
            /**
             * Format: int64
             * @description Each once
             */
            people: number;
            /** Format: int64 */
            teams: number;
        };
        RegionFigures: {
            region_code: string;
            region_name: string;
            /** @description The divisions in which it lies, the city first */
            above: components["schemas"]["RegionName"][];
            /** @enum {string} */
            by: "region" | "unit" | "team";
            /** @description The period meant, for instance month:2026-11 */
            period: string;
            /** Format: int64 */
            position: number;
            /**
             * Format: date
             * @description Of what is settled: as of this day
             */
            settled_on?: string;
            whole: components["schemas"]["Sums"];
            before?: components["schemas"]["Sums"];
            /** @description What before is of: the period before, days:2026-10-01:2026-10-24 for as many days of it as this one has had. Absent with before */
            before_period?: string;
            /** @description The last twelve, this one last; none of a reporting unit */
            months: components["schemas"]["MonthSums"][];
            /** @description The most minutes first; none without service */
            rows: components["schemas"]["FiguresRow"][];
        };
        RegionName: {
            code: string;
            name: string;
        };
        MonthSums: {
            /** @example 2026-11 */
            month: string;
            sums: components["schemas"]["Sums"];
        };
        FiguresRow: {
            /** @description A division's code, the region's own for what was given in none below it; a reporting unit's name; a team's id */
            id: string;
            name: string;
            /** @description Where a team is at home */
            detail: string;
            sums: components["schemas"]["Sums"];
        };
        TeamHours: {
            /** Format: uuid */
            team_id: string;
            team_name: string;
            /** @description Where it is at home */
            detail: string;
            /** Format: int64 */
            position: number;
            month: components["schemas"]["TeamSums"];
            year: components["schemas"]["TeamSums"];
            /** @description Lines that may be objected to now */
            open_lines: number;
            /** Format: int64 */
            open_minutes: number;
            /**
             * Format: date
             * @description The last day for the last of them; absent when there is none
             */
            open_until?: string;
            /** @description About its lines, not decided */
            questions: number;
            members: components["schemas"]["MemberHours"][];
        };
        TeamSums: {
            /** Format: int64 */
            minutes: number;
            /** Format: int64 */
            services: number;
            /** Format: int64 */
            people: number;
        };
        MemberHours: {
            /** Format: uuid */
            volunteer_id: string;
            name: string;
            month_minutes: number;
            year_minutes: number;
        };
        TeamEntryPage: {
            /** Format: uuid */
            team_id: string;
            team_name: string;
            /** @description Where it is at home */
            detail: string;
            items: components["schemas"]["TeamEntry"][];
            /** @description Give it as after to get the next page; absent on the last */
            next?: string;
        };
        TeamEntry: {
            /** Format: uuid */
            volunteer_id: string;
            /** @description Whose it is */
            person: string;
            entry: components["schemas"]["Entry"];
        };
        Publicity: {
            region_code: string;
            region_name: string;
            /** Format: date */
            today: string;
            /** @description For how many days what is posted there today is open to objections */
            days: number;
            /** @description I may set it for this region */
            may_set: boolean;
            /** @description Of the region, of those above and of those below it; the last day first */
            settings: components["schemas"]["PublicitySetting"][];
            /** @description Those that settle first first */
            teams: components["schemas"]["TeamInPublicity"][];
        };
        PublicLinePage: {
            team_name: string;
            items: components["schemas"]["PublicLine"][];
            /** @description Give it as after to get the next page; absent on the last */
            next?: string;
        };
        PublicLine: {
            /** Format: uuid */
            entry_id: string;
            /** @description A person without consent is shown as 王** */
            name: string;
            mine: boolean;
            title: string;
            /** @enum {string} */
            kind: "service" | "training" | "adjustment" | "import";
            minutes: number;
            /** Format: date */
            day: string;
            /**
             * Format: date
             * @description The last day on which it may be objected to
             */
            open_until: string;
        };
        PublicitySetting: {
            region_name: string;
            /** Format: date */
            valid_from: string;
            days: number;
            reason: string;
            /** Format: date-time */
            set_at: string;
        };
        TeamInPublicity: {
            /** Format: uuid */
            team_id: string;
            team_name: string;
            /** @description Where it is at home */
            detail: string;
            lines: number;
            /**
             * Format: int64
             * @description Of all accounts
             */
            minutes: number;
            /**
             * Format: date
             * @description The last day on which the first of them may be objected to
             */
            first_until: string;
            /** Format: date */
            last_until: string;
        };
        NewPublicity: {
            region_code: string;
            /** @description A day of the city: 2026-12-01 */
            valid_from: string;
            days: number;
            reason: string;
        };
        LedgerEvent: {
            /** Format: int64 */
            position: number;
            /** @description Some of the entries since the event before are mine; always true in the first event */
            mine: boolean;
        };
        MyCertificates: {
            /** @description Mine that wait; one at most, unless two records became one */
            requests: components["schemas"]["CertificateRequest"][];
            items: components["schemas"]["Certificate"][];
            /** @description Of settled service: what a certificate would say today */
            minutes: number;
            /** @description An identity paper is registered; without one nothing can be issued */
            identified: boolean;
        };
        CertificateAsk: {
            /**
             * Format: date
             * @description Absent: from the beginning
             */
            first_day?: string;
            /**
             * Format: date
             * @description Absent: until it is issued
             */
            last_day?: string;
            /** @description What for, as it will stand on the paper */
            note?: string;
            /** @description The identity number in full; else it is masked */
            whole_number?: boolean;
        };
        CertificateAsked: {
            /** Format: uuid */
            request_id: string;
        };
        CertificateRequest: {
            /** Format: uuid */
            request_id: string;
            first_day?: string;
            last_day?: string;
            note: string;
            whole_number: boolean;
            /** Format: date-time */
            asked_at: string;
            /**
             * Format: uuid
             * @description For officers
             */
            volunteer_id?: string;
            /** @description For officers */
            name?: string;
            /** @description For officers: the volunteer's */
            number?: string;
            /** @description For officers */
            region_name?: string;
            /** @description For officers: what it would say today */
            minutes?: number;
            /** @description For officers */
            identified?: boolean;
            /** @description For officers: why the reader cannot issue it, a code as in CertificateIssued */
            refused?: string;
        };
        CertificateRequestPage: {
            items: components["schemas"]["CertificateRequest"][];
            /** @description Give it as after to get the next page; absent on the last */
            next?: string;
        };
        CertificateIssue: {
            request_ids: string[];
        };
        CertificatesIssued: {
            items: components["schemas"]["CertificateIssued"][];
        };
        CertificateIssued: {
            /** Format: uuid */
            request_id: string;
            /**
             * Format: uuid
             * @description Absent when it was not issued
             */
            certificate_id?: string;
            number?: string;
            /** @description no_such_request (dealt with already) | own_certificate | no_issuer | not_issuing | no_paper | nothing_settled | log_behind */
            refused?: string;
        };
        Certificate: {
            /** Format: uuid */
            certificate_id: string;
            /** @example ZM410611-2026-00012 */
            number: string;
            /** @description Opens the check page: /v/<code> */
            code: string;
            /** @enum {string} */
            state: "valid" | "replaced" | "revoked";
            minutes: number;
            times: number;
            first_day: string;
            last_day: string;
            issuer: string;
            issued_on: string;
            /** @description Why it ended */
            reason?: string;
            ended_on?: string;
            /** @description Number of the one that took its place */
            replaced_by?: string;
        };
        CheckedCertificate: {
            /** @enum {string} */
            state: "valid" | "replaced" | "revoked";
            number: string;
            /** @example 王** */
            masked_name: string;
            minutes: number;
            times: number;
            first_day: string;
            last_day: string;
            issuer: string;
            /** @description Of the issuing office */
            contact?: string;
            issued_on: string;
            ended_on?: string;
            /** @description Number of the one that took its place */
            replaced_by?: string;
            /** @description The lines had settled on this day */
            settled_on: string;
            /**
             * Format: int64
             * @description Lines that the ledger had
             */
            position: number;
            /**
             * Format: int64
             * @description Of the signed checkpoint that holds the lines
             */
            log_size: number;
            /** @description The checkpoint's root, base64 */
            log_root: string;
        };
        CertificateCheck: {
            lines: string[];
        };
        CertificatesChecked: {
            items: components["schemas"]["CheckedLine"][];
        };
        CheckedLine: {
            /** @enum {string} */
            state: "valid" | "replaced" | "revoked" | "unknown";
            number?: string;
            masked_name?: string;
            minutes?: number;
            issuer?: string;
            issued_on?: string;
            replaced_by?: string;
        };
        RegisterPage: {
            items: components["schemas"]["RegisteredCertificate"][];
            /** @description Give it as after to get the next page; absent on the last */
            next?: string;
        };
        RegisteredCertificate: {
            certificate: components["schemas"]["Certificate"];
            /** Format: uuid */
            volunteer_id: string;
            /** @description As it stands on the paper */
            name: string;
            volunteer_number: string;
            handler: string;
            /** @description Name of who revoked or replaced it */
            ended_by?: string;
            /** @description Whether the reader may revoke or replace it */
            may_end: boolean;
        };
        CertificateReason: {
            reason: string;
        };
        CertificateReplaced: {
            number: string;
        };
        RegisterExport: {
            region: string;
            year: number;
            purpose: string;
        };
        CertificateIssuers: {
            /** @description The region's own, newest first */
            settings: components["schemas"]["CertificateIssuer"][];
            now?: components["schemas"]["CertificateIssuer"];
            /** @description What the federation there is called; empty: nobody told */
            office: string;
            /** @description Whether the reader may issue under what counts today */
            may_issue: boolean;
            /** @description Whether the reader may say how this office issues */
            may_set: boolean;
        };
        CertificateIssuer: {
            region_code: string;
            name: string;
            in_charge: string;
            contact: string;
            valid_from: string;
            /** @description Name of who said it */
            set_by: string;
            /** Format: date-time */
            set_at: string;
        };
        CertificateIssuerSetting: {
            region_code: string;
            name: string;
            in_charge: string;
            contact: string;
            /** Format: date */
            valid_from: string;
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
        Limit: number;
        ReportFormID: string;
        /** @description 2026-11 | 2026-Q4 | 2026 */
        ReportPeriod: string;
        CertificateID: string;
        /** @description Made by the client; the same key gives the same answer for 7 days */
        IdempotencyKey: string;
        /** @description next of the page before */
        After: string;
        /** @description Or that of the attendance for which it was credited: the line that counts now */
        EntryID: string;
        HistoryImportID: string;
        HistoryPageID: string;
        CorrectionID: string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getMySummary: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Service minutes; training apart */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MySummary"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listMyEntries: {
        parameters: {
            query?: {
                limit?: components["parameters"]["Limit"];
                /** @description next of the page before */
                after?: components["parameters"]["After"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description With how each was proved and who confirmed it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EntryPage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getBoard: {
        parameters: {
            query: {
                subject: "volunteer" | "team" | "programme" | "county" | "township";
                /** @description region:4106 | programme:<id> | team:<id> */
                scope: string;
                /** @description week:2026-W48 | month:2026-11 | quarter:2026-Q4 | year:2026 | all; this-week, this-month, this-quarter and this-year mean the current one */
                period: string;
                /** @description posted: all that was confirmed; settled: of that what may not be objected to any more */
                basis?: "posted" | "settled";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ties share a rank */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Board"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getMyRank: {
        parameters: {
            query: {
                /** @description region:4106 | programme:<id> | team:<id> */
                scope: string;
                /** @description week:2026-W48 | month:2026-11 | quarter:2026-Q4 | year:2026 | all; this-week, this-month, this-quarter and this-year mean the current one */
                period: string;
                /** @description posted: all that was confirmed; settled: of that what may not be objected to any more */
                basis?: "posted" | "settled";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Rank absent when I have no hours there */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MyRank"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getPerMemberBoard: {
        parameters: {
            query: {
                region: string;
                /** @description As of a board */
                period: string;
                basis?: "posted" | "settled";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The first 50; ties share a rank */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PerMemberBoard"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    exportBoard: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewBoardExport"];
            };
        };
        responses: {
            /** @description The first 50, and a sheet that says what they are and as of where */
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
    listBoardSwitches: {
        parameters: {
            query: {
                region: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description For officers of that region or one above it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BoardSwitchList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    switchBoards: {
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
                "application/json": components["schemas"]["NewBoardSwitch"];
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
    getOverview: {
        parameters: {
            query: {
                region: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description For officers of that region or one above it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Overview"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listAreas: {
        parameters: {
            query: {
                region: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description For officers of that region or one above it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AreaList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    followWall: {
        parameters: {
            query?: {
                /** @description For officers; a key has its own */
                region?: string;
            };
            header?: {
                "Display-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Server-sent events; each event named wall has the whole Wall as data, at least once a minute */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listDisplays: {
        parameters: {
            query: {
                region: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description For officers of that region or one above it; those that are good first, the newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DisplayList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    makeDisplay: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewDisplay"];
            };
        };
        responses: {
            /** @description The key, this once */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DisplayMade"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    endDisplay: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                display_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Its screens go dark within seconds */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    getFigures: {
        parameters: {
            query: {
                region: string;
                by: "region" | "unit" | "team";
                /** @description As of a board */
                period: string;
                basis?: "posted" | "settled";
                /** @description own: only what was given in none of the divisions below */
                within?: "all" | "own";
                /** @description Only what brigades of this reporting unit gave, by team */
                unit?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description For officers of that region or one above it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegionFigures"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getTeamHours: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                team_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As of the position; members in no order */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamHours"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getMyFile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A sheet for each */
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
    listTeamEntries: {
        parameters: {
            query: {
                /** @description As of a board */
                period: string;
                /** @description Only of this member */
                volunteer?: string;
                limit?: components["parameters"]["Limit"];
                /** @description next of the page before */
                after?: components["parameters"]["After"];
            };
            header?: never;
            path: {
                team_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description With whose each is and how it was proved */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamEntryPage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getPublicity: {
        parameters: {
            query: {
                region: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description For officers of that region or one above it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Publicity"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listTeamPublicity: {
        parameters: {
            query?: {
                limit?: components["parameters"]["Limit"];
                /** @description next of the page before */
                after?: components["parameters"]["After"];
            };
            header?: never;
            path: {
                team_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublicLinePage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    setPublicity: {
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
                "application/json": components["schemas"]["NewPublicity"];
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
    listMyUncounted: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description With the rule; newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UncountedList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getMyStar: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description By settled hours of service */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MyStar"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listStarRules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All that was ever set, the last day first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StarRuleList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    setStarRule: {
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
                "application/json": components["schemas"]["NewStarRule"];
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
    listHeldCredits: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Those of the regions for which the reader decides, the oldest first, at most 200 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HeldCreditList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    decideHeldCredit: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                held_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HeldCreditDecision"];
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
    listDayCaps: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All that was ever set, the last day first; for officers */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DayCapList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    setDayCap: {
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
                "application/json": components["schemas"]["NewDayCap"];
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
    getCheckpoint: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
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
                    "text/plain": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listCheckpoints: {
        parameters: {
            query?: {
                /** @description of more lines than this */
                after?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Smallest first, with the keys that sign now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckpointPage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getGrowth: {
        parameters: {
            query?: {
                /** @description Lines of the checkpoint that the witness signed last; 0: none */
                old?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As text, to keep or to take to where the witness's key is */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listWitnesses: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description With the longest checkpoint that each co-signed, to check exports with */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WitnessList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    addWitness: {
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
                "application/json": components["schemas"]["NewWitness"];
            };
        };
        responses: {
            /** @description Registered */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    endWitness: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                witness_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WitnessEnd"];
            };
        };
        responses: {
            /** @description It is none any more */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    cosign: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CosignedNote"];
            };
        };
        responses: {
            /** @description How many registered witnesses signed it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CosignedCount"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listMyCertificates: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MyCertificates"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    askForCertificate: {
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
                "application/json": components["schemas"]["CertificateAsk"];
            };
        };
        responses: {
            /** @description An officer issues it */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CertificateAsked"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    withdrawCertificateRequest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                request_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is not issued */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    drawCertificate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                certificate_id: components["parameters"]["CertificateID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A PDF, one page of A4 */
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
    listCertificateRequests: {
        parameters: {
            query: {
                region: string;
                limit?: components["parameters"]["Limit"];
                /** @description next of the page before */
                after?: components["parameters"]["After"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description For officers of that region or one above it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CertificateRequestPage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    issueCertificates: {
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
                "application/json": components["schemas"]["CertificateIssue"];
            };
        };
        responses: {
            /** @description In the order of the requests' ids */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CertificatesIssued"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listCertificateIssuers: {
        parameters: {
            query: {
                region: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description For officers of that region or one above it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CertificateIssuers"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    setCertificateIssuer: {
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
                "application/json": components["schemas"]["CertificateIssuerSetting"];
            };
        };
        responses: {
            /** @description It holds from that day on */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    getEntry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Or that of the attendance for which it was credited: the line that counts now */
                entry_id: components["parameters"]["EntryID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description With how it was proved; of whom it is, strangers read what a board says */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EntryFacts"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    proveLine: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Or that of the attendance for which it was credited: the line that counts now */
                entry_id: components["parameters"]["EntryID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Against the newest checkpoint that a witness co-signed, if that holds the line */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LineProof"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    askCorrection: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description Or that of the attendance for which it was credited: the line that counts now */
                entry_id: components["parameters"]["EntryID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewCorrection"];
            };
        };
        responses: {
            /** @description It says who decides, and by which day */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Correction"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listCorrections: {
        parameters: {
            query: {
                /** @description to_decide: that lie with me, most pressing first. decided: about lines of my regions. mine: that I asked or that are about me. team: of a brigade, for who leads it and officers of its region. All but the first newest first */
                of: "to_decide" | "decided" | "mine" | "team";
                /** @description With to_decide and decided: its code; only what lies there or below */
                region?: string;
                /** @description With team */
                team_id?: string;
                /** @description next of the page before */
                after?: components["parameters"]["After"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description At most 50 at once */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CorrectionList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getCorrection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                correction_id: components["parameters"]["CorrectionID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description For who asked, whom it is about, who leads the brigade and officers of its region */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Correction"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    decideCorrection: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                correction_id: components["parameters"]["CorrectionID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CorrectionDecision"];
            };
        };
        responses: {
            /** @description Decided; everybody concerned is told */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    withdrawCorrection: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                correction_id: components["parameters"]["CorrectionID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The line stays as it is */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    proveCertificate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                certificate_id: components["parameters"]["CertificateID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description JSON, as package audit says */
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
    checkCertificate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The name is masked */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckedCertificate"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    checkCertificates: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CertificateCheck"];
            };
        };
        responses: {
            /** @description One item for each line, in their order */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CertificatesChecked"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listCertificates: {
        parameters: {
            query: {
                region: string;
                /** @description A number, a code or a whole name */
                text?: string;
                state?: "valid" | "replaced" | "revoked";
                limit?: components["parameters"]["Limit"];
                /** @description next of the page before */
                after?: components["parameters"]["After"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description For officers of that region or one above it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegisterPage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    revokeCertificate: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                certificate_id: components["parameters"]["CertificateID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CertificateReason"];
            };
        };
        responses: {
            /** @description Its check page says so */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    replaceCertificate: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                certificate_id: components["parameters"]["CertificateID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CertificateReason"];
            };
        };
        responses: {
            /** @description The check page of the old one names the new number */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CertificateReplaced"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    exportCertificates: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RegisterExport"];
            };
        };
        responses: {
            /** @description One line for each certificate, and a sheet that says what it is */
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
    listHistoryImports: {
        parameters: {
            query?: {
                team_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description At most 100 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HistoryImportList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    openHistoryImport: {
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
                "application/json": components["schemas"]["NewHistoryImport"];
            };
        };
        responses: {
            /** @description With whom a row can be about */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HistoryImport"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getHistoryImport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                import_id: components["parameters"]["HistoryImportID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A draft for its uploader; handed in for who leads the brigade and officers of its region */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HistoryImport"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    discardHistoryImport: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                import_id: components["parameters"]["HistoryImportID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Dropped */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    enterHistoryRows: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                import_id: components["parameters"]["HistoryImportID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EnteredHistory"];
            };
        };
        responses: {
            /** @description How the import stands now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HistoryImport"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getMarkedHistory: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                import_id: components["parameters"]["HistoryImportID"];
            };
            cookie?: never;
        };
        requestBody?: never;
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
    submitHistoryImport: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                import_id: components["parameters"]["HistoryImportID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Another person looks at it now */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    decideHistoryImport: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                import_id: components["parameters"]["HistoryImportID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HistoryDecision"];
            };
        };
        responses: {
            /** @description Decided; everybody concerned is told */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    uploadHistoryFile: {
        parameters: {
            query: {
                import_id: string;
                /** @description The file's name */
                name: string;
            };
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description How the import stands now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HistoryImport"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    addHistoryPage: {
        parameters: {
            query: {
                import_id: string;
                /** @description Made by the phone; sending it again adds nothing */
                page_id: string;
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
            /** @description It is there */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    readHistoryPage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                page_id: components["parameters"]["HistoryPageID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A JPEG or a PDF, as the import says */
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
    dropHistoryPage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                page_id: components["parameters"]["HistoryPageID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    getHistoryTemplate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
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
    listReportForms: {
        parameters: {
            query: {
                region: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description For officers of that region or one above it; the newest periods first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportFormList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    uploadReportForm: {
        parameters: {
            query: {
                /** @description Of a new form */
                region?: string;
                /** @description Of a new form */
                period_kind?: "month" | "quarter" | "year";
                /** @description Of which it is the next version */
                form_id?: string;
                /** @description The form's; absent: as it was */
                name?: string;
                file_name: string;
            };
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description Taken in */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadedReportForm"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getSampleReportForm: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description xlsx */
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
    getReportForm: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                form_id: components["parameters"]["ReportFormID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The newest version, not filled */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportForm"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    setReportForm: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                form_id: components["parameters"]["ReportFormID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReportFormSettings"];
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
    getReport: {
        parameters: {
            query?: {
                /** @description Of those that were frozen; absent: the newest, or what there is now when none was */
                version?: number;
            };
            header?: never;
            path: {
                form_id: components["parameters"]["ReportFormID"];
                /** @description 2026-11 | 2026-Q4 | 2026 */
                period: components["parameters"]["ReportPeriod"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it was frozen, with what would be counted now and why it differs */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Report"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listReportEntries: {
        parameters: {
            query: {
                version?: number;
                sheet: string;
                cell: string;
                /** @description since: those that came after it was frozen, instead of those that it counts */
                which?: "counted" | "since";
                limit?: components["parameters"]["Limit"];
                /** @description next of the page before */
                after?: components["parameters"]["After"];
            };
            header?: never;
            path: {
                form_id: components["parameters"]["ReportFormID"];
                /** @description 2026-11 | 2026-Q4 | 2026 */
                period: components["parameters"]["ReportPeriod"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The newest first; added up they come to the figure */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportEntryPage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    signReport: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                form_id: components["parameters"]["ReportFormID"];
                /** @description 2026-11 | 2026-Q4 | 2026 */
                period: components["parameters"]["ReportPeriod"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewReportSignature"];
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
    sendReportBack: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                form_id: components["parameters"]["ReportFormID"];
                /** @description 2026-11 | 2026-Q4 | 2026 */
                period: components["parameters"]["ReportPeriod"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReportSendBack"];
            };
        };
        responses: {
            /** @description The further version */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        version: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    exportReport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                form_id: components["parameters"]["ReportFormID"];
                /** @description 2026-11 | 2026-Q4 | 2026 */
                period: components["parameters"]["ReportPeriod"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewReportExport"];
            };
        };
        responses: {
            /** @description xlsx, only bound cells changed; or PDF, with what differs and three lines to sign on */
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
    getNationalRecords: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description For every officer; batches of their regions, the newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NationalRecords"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    setNationalMapping: {
        parameters: {
            query: {
                /** @description The version that was looked at */
                before: number;
                /** @description The template's */
                name?: string;
            };
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NationalSheets"];
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description The version, and how many headings of the template were not understood */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        version: number;
                        unbound: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    checkNationalRecords: {
        parameters: {
            query: {
                region: string;
                /** @description Absent: from the beginning */
                from?: string;
                /** @description Absent: until today */
                to?: string;
                /** @description xlsx: with every record that is kept back */
                format?: "json" | "xlsx";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description By group, by brigade, one by one */
            200: {
                headers: {
                    "Content-Disposition"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NationalCheck"];
                    "application/octet-stream": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    makeNationalBatch: {
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
                "application/json": components["schemas"]["NewNationalBatch"];
            };
        };
        responses: {
            /** @description Made */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        batch_id: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    takeNationalBatch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                batch_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description xlsx, a sheet for each group */
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
    answerNationalBatch: {
        parameters: {
            query: {
                batch_id: string;
                name: string;
                /** @description xlsx: keep nothing, and give the file back with red cells */
                format?: "json" | "xlsx";
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
            /** @description What became of each row */
            200: {
                headers: {
                    "Content-Disposition"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NationalAnswer"];
                    "application/octet-stream": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    followLedger: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Server-sent events; each event named ledger has a LedgerEvent as data */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
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
