# SPDX-License-Identifier: Apache-2.0
#
# cmake -D OUTPUT=schema.c -P embed.cmake -- whole-013.sql 001-first.sql 002-second.sql ...
#
# Writes the SQL files, in the order given, as C strings:
#   const char *const schema_migrations[];    (without a terminating NULL)
#   const size_t schema_migrations_count;
# Migration N of the schema's version is element N - 1, so a gap in the numbers is a fault.
#
# And what another engine begins with, the schema of version 13 whole, for SQLite's words and in PostgreSQL's:
#   const char *const schema_whole;
#   const size_t schema_whole_version;
#   const char *const schema_postgres[];      (the whole, then the migrations after it)

set(files)
set(past FALSE)
math(EXPR last "${CMAKE_ARGC} - 1")
foreach(i RANGE ${last})
	if(past)
		list(APPEND files "${CMAKE_ARGV${i}}")
	elseif("${CMAKE_ARGV${i}}" STREQUAL "--")
		set(past TRUE)
	endif()
endforeach()

# A C string of it, line by line.
function(quote sql ret)
	string(REPLACE "\\" "\\\\" sql "${sql}")
	string(REPLACE "\"" "\\\"" sql "${sql}")
	string(REPLACE "\n" "\\n\"\n\t\"" sql "${sql}")
	set(${ret} "\"${sql}\"" PARENT_SCOPE)
endfunction()

# PostgreSQL's INTEGER has 32 bits, its texts sort as the language does unless told, and a table that is strict or
# kept in the order of its key it has no words for.
function(translate sql ret)
	string(REGEX REPLACE ", WITHOUT ROWID" "" sql "${sql}")
	string(REGEX REPLACE "\\) STRICT" ")" sql "${sql}")
	foreach(word "INTEGER=BIGINT" "BLOB=BYTEA" "TEXT=TEXT COLLATE \"C\"")
		string(REGEX MATCH "^([A-Z]+)=(.*)$" _ "${word}")
		string(REGEX REPLACE "([^A-Za-z_])${CMAKE_MATCH_1}([^A-Za-z_])" "\\1${CMAKE_MATCH_2}\\2" sql
			"${sql}")
	endforeach()
	set(${ret} "${sql}" PARENT_SCOPE)
endfunction()

list(POP_FRONT files whole)
cmake_path(GET whole FILENAME name)
string(REGEX MATCH "^whole-0*([0-9]+)\\.sql$" _ "${name}")
set(whole_version ${CMAKE_MATCH_1})
file(READ "${whole}" sql)
quote("${sql}" quoted)
translate("${sql}" sql)
quote("${sql}" translated)
set(postgres "\t/* ${name} */\n\t${translated},\n")

set(migrations)
set(count 0)
foreach(file IN LISTS files)
	math(EXPR count "${count} + 1")
	cmake_path(GET file FILENAME name)
	string(REGEX MATCH "^0*([0-9]+)-" _ "${name}")
	if(NOT CMAKE_MATCH_1 EQUAL count)
		message(FATAL_ERROR "${name}: migration ${count} expected here")
	endif()
	file(READ "${file}" sql)
	quote("${sql}" one)
	string(APPEND migrations "\t/* ${name} */\n\t${one},\n")
	if(count GREATER whole_version)
		translate("${sql}" sql)
		quote("${sql}" one)
		string(APPEND postgres "\t/* ${name} */\n\t${one},\n")
	endif()
endforeach()

file(WRITE "${OUTPUT}" "/* Generated from daemon/ledger/schema by embed.cmake. */
#include \"ledger/schema.h\"

const char *const schema_migrations[] = {
${migrations}};
const size_t schema_migrations_count = ${count};

const char schema_whole[] =
	${quoted};
const size_t schema_whole_version = ${whole_version};

const char *const schema_postgres[] = {
${postgres}};
")
