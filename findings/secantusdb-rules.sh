#!/usr/bin/env bash
# A server that speaks MongoDB's protocol passes what MongoDB's manual says that MongoDB refuses, and answers some otherwise.
. "$(dirname "$0")/lib.sh"
pip secantusdb==0.7.0b3 pymongo==4.18.3
port=$(free_port)
"$python" -c 'from secantus.cli import main; main()' --storage-path "$work/store" --host 127.0.0.1 --port "$port" \
    --log-level WARNING >"$work/secantus.log" 2>&1 &
engines+=($!)
until (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do sleep 0.1; done
finding "SecantusDB" 0.7.0b3 "what passes on a server compatible with MongoDB passes on MongoDB"

answers=$("$python" - "$port" <<'PYTHON'
import sys
from pymongo import MongoClient
from pymongo.errors import PyMongoError

courses = MongoClient(f"mongodb://127.0.0.1:{sys.argv[1]}/?directConnection=true").school.courses
courses.insert_many([{"_id": 1, "lessons": [{"type": "video"}, {"type": "quiz"}]}, {"_id": 2, "lessons": []}])


def show(question):
    try:
        print(question())
    except PyMongoError as refused:
        print(type(refused).__name__)


show(lambda: courses.distinct("lessons.type"))
show(lambda: list(courses.aggregate([{"$match": {"_id": 9}}, {"$count": "n"}])))
show(lambda: [course["_id"] for course in courses.find().sort("$natural", -1)])
show(lambda: courses.create_index([("owner", 1), ("at", 1)], expireAfterSeconds=60))
show(lambda: courses.create_index("_id", expireAfterSeconds=60))
courses.create_index([("tags", 1), ("authors", 1)])
show(lambda: courses.insert_one({"_id": 3, "tags": ["a"], "authors": ["b"]}).inserted_id)
show(lambda: courses.create_index([("title", "text")]))
PYTHON
)
answer() { sed -n "$1p" <<<"$answers"; }
happens "distinct of a field in an array of documents (MongoDB: its values)" "[]" "$(answer 1)"
happens "\$count of nothing (MongoDB: no document)" "[{'n': 0}]" "$(answer 2)"
happens "\$natural: -1 (MongoDB: turned round)" "[1, 2]" "$(answer 3)"
happens "expireAfterSeconds on a compound index (MongoDB: the index is refused)" owner_1_at_1 "$(answer 4)"
happens "expireAfterSeconds on _id (MongoDB: refused)" _id_1 "$(answer 5)"
happens "two arrays in one compound index (MongoDB: the document is refused)" 3 "$(answer 6)"
happens "a text index (MongoDB: made)" OperationFailure "$(answer 7)"
